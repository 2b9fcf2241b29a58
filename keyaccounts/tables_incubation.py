"""What the lists of incubation show."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from acr_program.charter.shell import frame
from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.phrases import day

from .allowance import Side, allowance
from .models.spending import plainly


def used_of(side: Side) -> str:
    """How much is planned or used of what may be taken; the unit once."""
    return f"{plainly(side.taken)} / {side.said(side.most)}"


def since(row: Any) -> str:
    return str(_("since %(day)s") % {"day": day(row.starts_on)})


CYCLES = Table(
    columns=[
        Column("account", _("Account"), "membership.account.name", link=True, sub="membership.account.manager.name"),
        Column("number", _("Number"), num=True),
        Column("status", _("State")),
        Column("ends_on", _("Ends"), nowrap=True, sort="end", sub=since),
        Column("answered", _("Checkpoints"), lambda row: f"{row.answered} / {row.measured}", nowrap=True,
               plain=lambda row: row.answered),
        Column("money", _("Money taken"), lambda row: used_of(allowance(row).money), num=True, nowrap=True,
               plain=lambda row: allowance(row).money.taken),
        Column("days", _("Days taken"), lambda row: used_of(allowance(row).days), num=True, nowrap=True,
               plain=lambda row: allowance(row).days.taken),
    ],
    sorts=[Sort("end", _("End"), "ends_on", "id"), Sort("newest", _("Newest"), "-id")],
    noun=(_("incubation"), _("incubations")),
    also=[
        Column("manager", _("Account manager"), "membership.account.manager.name"),
        Column("starts_on", _("Begins")),
        Column("granted_money", _("Money granted"), "money"),
        Column("granted_days", _("People-days granted"), "days"),
    ],
)  # fmt: skip

STANDARDS = Table(
    columns=[
        Column("number", _("Requirements"), str, link=True, plain=lambda row: row.number),
        Column("status", _("State")),
        Column("measures", _("Measures"), "measure_count", num=True),
        Column("published_on", _("In force since"), nowrap=True, empty=_("not yet")),
        Column("retired_on", _("Until"), nowrap=True, empty=""),
        Column("made_by", _("Made by"), "made_by.name"),
    ],
    sorts=[Sort("newest", _("Newest"), "-number", "-id"), Sort("oldest", _("Oldest"), "number", "id")],
    noun=(_("version"), _("versions")),
)

SPENDINGS = Table(
    columns=[
        Column("what", _("What for"), str),
        Column("state", _("State")),
        Column("money", _("Money"), "money_said", num=True, plain=lambda row: row.money),
        Column("days", _("People-days"), "days_said", num=True, plain=lambda row: row.days),
        Column("on", _("On"), nowrap=True, sort="on"),
        Column("by", _("Written by"), "by.name"),
    ],
    sorts=[Sort("on", _("Day"), "-on", "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("entry"), _("entries")),
)


def lifted(row: Any) -> str:
    """By how much the limit is lifted, or which incubation is allowed."""
    if row.number is not None:
        return str(_("incubation number %(number)d") % {"number": row.number})
    money = f"{plainly(row.money)} {frame().currency}".strip()
    days = str(_("%(n)s people-days") % {"n": plainly(row.days)})
    return " · ".join([money] * bool(row.money) + [days] * bool(row.days))


WAIVERS = Table(
    columns=[
        Column("account", _("Account"), "membership.account.name", link=lambda row: row.membership.get_absolute_url()),
        Column("kind", _("What is lifted")),
        Column("lifted", _("By how much"), lifted, nowrap=True),
        Column("reason", _("Why"), whole=True),
        Column("by", _("Lifted by"), "by.name"),
        Column("at", _("When"), nowrap=True),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("exception"), _("exceptions")),
    also=[
        Column("more_money", _("Money more"), "money"), Column("more_days", _("People-days more"), "days"),
        Column("number", _("Incubation number")),
    ],
)  # fmt: skip
