"""What the lists of the first filter show."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.ui.columns import Column, Sort, Table

from .filter_known import plain

VERSIONS = Table(
    columns=[
        Column("number", _("Version"), str, link=True, sub="words", plain=lambda row: row.number),
        Column("status", _("State")),
        Column("asked", _("Criteria"), num=True),
        Column("bar", _("Bar, in points"), lambda row: plain(row.bar), num=True, plain=lambda row: row.bar),
        Column("scored", _("Nominations scored"), num=True),
        Column("published_on", _("In force since"), nowrap=True, empty=_("never")),
        Column("published_by", _("Published by"), "published_by.name", empty=""),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("version"), _("versions")),
)

CARDS = Table(
    columns=[
        Column("account", _("Account"), "membership.account.name", link=True, sub=lambda row: str(row.membership.round)),
        Column("status", _("State")),
        Column("verdict", _("Result"), "result", empty=_("not confirmed")),
        Column("total", _("Points"), lambda row: plain(row.total) if row.total is not None else "", num=True, empty="",
               plain=lambda row: row.total),
        Column("bar", _("Bar"), lambda row: plain(row.filter.bar), num=True, plain=lambda row: row.filter.bar),
        Column("filter", _("Filter"), lambda row: _("Version %(number)d") % {"number": row.filter.number},
               plain=lambda row: row.filter.number),
        Column("confirmed_by", _("Confirmed by"), "confirmed_by.name", empty=""),
        Column("confirmed_on", _("Confirmed on"), nowrap=True, empty=""),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("scorecard"), _("scorecards")),
    also=[
        Column("missed", _("Must-haves not met"), lambda row: ", ".join(row.missed)),
        Column("manager", _("Account manager"), "membership.account.manager.name"),
        Column("decided_on", _("Decided on")),
    ],
)  # fmt: skip
