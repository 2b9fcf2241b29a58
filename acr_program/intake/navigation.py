"""Imports in the navigation, and what their steps are called."""

from django.utils.translation import gettext_lazy as _

from acr_program.desk.commands import command
from acr_program.people.roles import overseers, program_office
from acr_program.ui import nav
from acr_program.workflow.words import say

from .models import Batch


def register() -> None:
    """Called once from IntakeConfig.ready."""
    nav.entry(_("Imports"), "intake:batches", "upload", "office", order=30, visible=overseers)
    command(_("Import a file"), "intake:new", "upload", program_office, _("upload CSV XLSX spreadsheet"))
    say(
        Batch, create=_("uploaded the file"), edit=_("changed how the columns are read"), looked=_("looked at the file"),
        not_read=_("could not read the file"), check_rows=_("had the rows checked"), checked=_("checked the rows"),
        take_in=_("had the file taken in"), took_in=_("took the rows in"), not_taken=_("could not take the rows in"),
        undo=_("had the import undone"), undone=_("undid the import"), not_undone=_("could not undo the import"),
        drop=_("dropped the file"),
    )  # fmt: skip
