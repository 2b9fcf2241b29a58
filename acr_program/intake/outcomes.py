"""What each step of an import leads to, as its page says it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.workflow.words import Outcome, tell_outcomes

from .models import Batch


def register() -> None:
    """Called once from IntakeConfig.ready."""
    tell_outcomes(
        Batch,
        looked=Outcome(_("The file is read"), _("Say which column is what; then its rows are checked.")),
        not_read=Outcome(_("The file cannot be read"), _("Its page says why; mend the file and import it again.")),
        check_rows=Outcome(_("The rows are being checked"), _("You may leave; it goes on by itself.")),
        checked=Outcome(_("The rows are checked"), _("Its page says what taking the file in will do, row by row.")),
        take_in=Outcome(_("The file is being taken in"), _("You may leave; it goes on by itself.")),
        took_in=Outcome(_("The file is taken in"), _("Its page says what each row did; it can be undone there.")),
        not_taken=Outcome(_("Nothing of the file was taken in"), _("Its page says why.")),
        undo=Outcome(_("The import is being undone"), _("You may leave; it goes on by itself.")),
        undone=Outcome(_("The import is undone"), _("Rows that somebody touched since stay, and are listed.")),
        not_undone=Outcome(_("Nothing of the import was undone"), _("Its page says why.")),
        drop=Outcome(_("The file is dropped"), _("Nothing of it is taken in.")),
    )
