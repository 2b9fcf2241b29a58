"""The list of accounts."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from acr_program.ui.lists import Column, Sort, Table

from .models import Account


def place(account: Account) -> str:
    return ", ".join(part for part in (account.city, account.country) if part)


def since(account: Account) -> str:
    return date_format(account.customer_since, "M Y") if account.customer_since else ""


ACCOUNTS = Table(
    columns=[
        Column("name", _("Account"), link=True, sub=place, sort="name"),
        Column("status", _("State")),
        Column("theater", _("Theater"), value=lambda account: account.theater, nowrap=True),
        Column("business_unit", _("Business unit")),
        Column("manager", _("Account manager"), value="manager.name", empty=_("nobody yet")),
        Column("customer_since", _("Customer since"), value=since, nowrap=True, sort="since"),
    ],
    sorts=[
        Sort("name", _("Name"), "name", "id"),
        Sort("since", _("Longest a customer"), "customer_since", "id"),
        Sort("newest", _("Newest customer"), "-customer_since", "-id"),
    ],
    noun=(_("account"), _("accounts")),
)
