"""What the lists show of what customers get, are told and know."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.phrases import day


def share(proposition: Any) -> str:
    """How many of all functions know it: who was not asked does not (K-03)."""
    if not proposition.asked:
        return ""
    return _now("%(knows)d of %(all)d") % {"knows": proposition.knows, "all": proposition.functions}


PROPOSITIONS = Table(
    columns=[
        Column("whose", _("For whom"), link=True, sub="promise"),
        Column("number", _("Version"), num=True),
        Column("status", _("State")),
        Column("published_on", _("In force since"), lambda row: day(row.published_on) if row.published_on else "",
               nowrap=True, plain=lambda row: row.published_on, empty=_("not yet")),
        Column("knows", _("Functions that know it"), share, plain=lambda row: row.knows, empty=_("nobody was asked")),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("value proposition"), _("value propositions")),
    also=[
        Column("does", _("What we do")), Column("does_not", _("What we do not do")),
        Column("asked", _("Functions asked"), num=True), Column("functions", _("Functions in all"), num=True),
    ],
)  # fmt: skip

STATEMENTS = Table(
    columns=[
        Column("account", _("Account"), "membership.account.name", link=True, sub="membership.account.manager.name"),
        Column("status", _("State")),
        Column("occasion", _("Occasion")),
        Column("written_on", _("Written on"), nowrap=True),
        Column(
            "confirmed_by", _("Confirmed by"), empty=_("nobody yet"), sub=lambda row: row.get_confirmed_how_display()
        ),
        Column("confirmed_on", _("Confirmed on"), nowrap=True, empty=""),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("statement"), _("statements")),
    also=[Column("said", _("What the customer said to it"))],
)

KNOWINGS = Table(
    columns=[
        Column("account", _("Account"), "membership.account.name", link=True, sub="membership.account.manager.name"),
        Column("status", _("State")),
        Column("told_to", _("Told to"), empty=_("nobody yet"), sub=lambda row: row.get_told_how_display()),
        Column("told_on", _("Told on"), nowrap=True, empty=""),
        Column("confirmed_by", _("Confirmed by"), empty=_("nobody yet"), sub=lambda row: row.get_confirmed_how_display()),
        Column("confirmed_on", _("Confirmed on"), nowrap=True, empty=""),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("customer"), _("customers")),
    also=[Column("proposition", _("Value proposition"), lambda row: str(row.proposition or "")),
          Column("told_by", _("Told by"), "told_by.name")],
)  # fmt: skip
