"""The rows of an act, as they were looked at and as they ended."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from acr_program.ui import markup
from acr_program.ui.lists import Column, Sort, Table

from .choices import TONES, Outcome


def state_of(row: Any) -> Any:
    """The state it was in when it was looked at."""
    model = row.bulk.model
    if not row.before or not hasattr(model, "tone_of"):
        return row.before
    label = dict(model._meta.get_field("status").flatchoices).get(row.before, row.before)
    return markup.badge(label, model.tone_of(row.before))


def outcome_of(row: Any) -> Any:
    return markup.badge(Outcome(row.outcome).label, TONES[Outcome(row.outcome)])


ROWS = Table(
    columns=[
        Column("label", _("What"), link=lambda row: row.url),
        Column("before", _("State when you chose it"), value=state_of, empty=_("none")),
        Column("outcome", _("What becomes of it"), value=outcome_of),
        Column("says", _("In words"), whole=True, empty=_("nothing more")),
    ],
    sorts=[Sort("place", _("As chosen"), "place", "id")],
    noun=(_("row"), _("rows")),
)
