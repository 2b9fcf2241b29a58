"""The list of what went out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from acr_program.ui import markup
from acr_program.ui.lists import Column, Sort, Table


def words_of(export: Any) -> Any:
    """What was taken, marked where it was more than anybody reads."""
    return markup.under(export.title, markup.badge(_("Mass export"), "warn")) if export.is_mass else export.title


EXPORTS = Table(
    columns=[
        Column("title", _("List"), value=words_of, plain=lambda export: export.title),
        Column("person", _("Taken by"), value="person.name"),
        Column("created_at", _("When"), nowrap=True, sort="newest"),
        Column("rows", _("Rows"), num=True, empty=_("not yet")),
        Column("kind", _("File")),
        Column("query", _("Narrowed to"), empty=_("nothing: all rows"), whole=True),
    ],
    also=[Column("is_mass", _("Mass export"))],
    sorts=[Sort("newest", _("Newest"), "-created_at", "-id")],
    noun=(_("export"), _("exports")),
)
