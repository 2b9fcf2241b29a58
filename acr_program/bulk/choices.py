"""What becomes of each row."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    """A row as it was looked at (open, shut), and what became of it (done, refused, left)."""

    OPEN = "open", _("Will be done")
    SHUT = "shut", _("Not possible")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    LEFT = "left", _("Not begun")


TONES = {
    Outcome.OPEN: "info",
    Outcome.SHUT: "warn",
    Outcome.DONE: "good",
    Outcome.REFUSED: "bad",
    Outcome.LEFT: "neutral",
}
MOST = 1000  # rows of one act: as many as a list counts, and as anybody can look through
