"""What becomes of each row."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    """A row as it was looked at (open, shut), and what became of it (done, refused, left)."""

    OPEN = "open", _("will be done")
    SHUT = "shut", _("not possible")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    LEFT = "left", _("not begun")


TONES = {
    Outcome.OPEN: "info",
    Outcome.SHUT: "warn",
    Outcome.DONE: "good",
    Outcome.REFUSED: "bad",
    Outcome.LEFT: "neutral",
}
MOST = 1000  # rows of one act: as many as a list counts, and as anybody can look through
