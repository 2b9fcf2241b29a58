"""The columns of the lists of panels."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.ui.columns import Column, Sort, Table

PANELS = Table(
    columns=[
        Column("name", _("Panel"), link=True),
        Column("status", _("State")),
        Column("meets_on", _("Meets on"), nowrap=True),
        Column("chair", _("Chair"), "chair.name"),
        Column("accounts", _("Accounts"), num=True),
        Column("released_on", _("Released on"), nowrap=True, empty=_("not yet")),
    ],
    sorts=[Sort("newest", _("Newest"), "-meets_on", "-id"), Sort("oldest", _("Oldest"), "meets_on", "id")],
    noun=(_("panel"), _("panels")),
)

WAITING = Table(
    columns=[
        Column("account", _("Account"), "membership.account.name", link=True, sub="membership.account.manager.name"),
        Column("kind", _("What is asked"), "get_kind_display"),
        Column("status", _("State")),
        Column("session", _("Panel"), "session.name", empty=_("none yet")),
        Column("meets_on", _("Meets on"), "session.meets_on", nowrap=True, empty=""),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("account before a panel"), _("accounts before a panel")),
)
