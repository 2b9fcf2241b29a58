"""The lists of accounts: all, those with open ends, the order lines of one, its story."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from acr_program.ui import markup
from acr_program.ui.lists import Column, Sort, Table
from acr_program.ui.phrases import day, month, number

from .choices import FactKind, OpenEnd
from .marks import beside
from .models import Account, OrderLine
from .quarters import in_cents


def place(account: Account) -> str:
    return ", ".join(part for part in (account.city, account.country) if part)


def named(account: Account) -> SafeString | str:
    return beside(account.name, getattr(account, "mark", ""))


def since(account: Account) -> str:
    return month(account.customer_since)


def year_net(account: Any) -> str:
    return number(cents(account.year_net), 0) if account.year_net is not None else ""


SHORT = {FactKind.RFP: _("RFP open"), FactKind.NEGOTIATION: _("Negotiating"), FactKind.STRATEGIC: _("Strategic")}


def holds_of(account: Any) -> list[str]:
    return sorted((account.holds or "").split())


def holds(account: Any) -> SafeString:
    """What holds of the account, as badges with a word each."""
    return SafeString(" ".join(markup.badge(SHORT[FactKind(k)], FactKind.tones[k], "bare") for k in holds_of(account)))


def open_ends(account: Account) -> SafeString:
    found = (markup.badge(OpenEnd(kind).label, OpenEnd.tones[kind], "bare") for kind in account.open_ends)
    return SafeString(" ".join(found))


def in_words(kinds: Callable[[Any], list[str]], of: Any) -> Callable[[Any], str]:
    """For exports: the labels in one line."""
    return lambda account: ", ".join(str(of(kind).label) for kind in kinds(account))


def cents(value: Decimal | None) -> Decimal | None:
    """For exports: what is kept exact is rounded once, half up, as the list shows it."""
    return None if value is None else in_cents(value)


def plain(value: Any) -> Any:
    """Without zeros behind the point."""
    return value.normalize() if value % 1 else int(value)


ACCOUNTS = Table(
    columns=[
        Column(
            "name", _("Account"), value=named, plain=lambda account: account.name, link=True, sub=place, sort="name"
        ),
        Column("status", _("State"), sub=holds),
        Column("theater", _("Theater"), value=lambda account: account.theater, nowrap=True),
        Column("business_unit", _("Business unit")),
        Column("manager", _("Account manager"), value="manager.name", empty=_("nobody yet")),
        Column(
            "year_net",
            _("Net, last four quarters"),
            value=year_net,
            num=True,
            empty="",
            plain=lambda account: cents(account.year_net),
        ),
        Column(
            "customer_since",
            _("Customer since"),
            value=since,
            plain=lambda a: a.customer_since,
            nowrap=True,
            sort="since",
        ),
    ],
    sorts=[
        Sort("name", _("Name"), "name", "id"),
        Sort("since", _("Longest a customer"), "customer_since", "id"),
        Sort("newest", _("Newest customer"), "-customer_since", "-id"),
    ],
    noun=(_("account"), _("accounts")),
    pick=True,
    reads=(
        "name",
        "status",
        "theater",
        "business_unit",
        "city",
        "country",
        "customer_since",
        "manager__name",
        "manager__reports_to",
    ),
    also=[
        Column("city", _("City")),
        Column("country", _("Country")),
        Column("holds", _("What holds"), value=in_words(holds_of, FactKind), empty=""),
    ],
)

OPEN_ENDS = Table(
    columns=[
        Column("name", _("Account"), link=True, sub=place, sort="name"),
        Column("open", _("What is open"), value=open_ends, plain=in_words(lambda account: account.open_ends, OpenEnd)),
        Column("manager", _("Account manager"), value="manager.name", sub="manager_named", empty=_("nobody yet")),
        Column("country", _("Country")),
        Column("code", _("Customer number"), nowrap=True),
    ],
    sorts=[Sort("name", _("Name"), "name", "id")],
    noun=(_("account with open ends"), _("accounts with open ends")),
    also=[Column("city", _("City")), Column("manager_named", _("Named as the manager"))],
)  # fmt: skip


def money(value: Any) -> str:
    return number(value, 2)


def shipped(line: OrderLine) -> SafeString | str:
    """The day, in the ink of a warning where it came after the promised one; a line that waits says so."""
    if line.shipped_on is None:
        return markup.badge(_("not yet"), "warn", "bare")
    if line.required_on and line.shipped_on > line.required_on:
        return markup.toned(day(line.shipped_on), "bad")
    return day(line.shipped_on)


ORDERS = Table(
    columns=[
        Column("number", _("Order"), value=str, nowrap=True),
        Column("product", _("Product"), sub="category"),
        Column(
            "quantity", _("Quantity"), value=lambda line: number(plain(line.quantity)), num=True,
            plain=lambda line: plain(line.quantity),
        ),
        Column(
            "unit_price", _("Unit price"), value=lambda line: money(line.unit_price), num=True, plain=lambda line: line.unit_price
        ),
        Column(
            "discount", _("Discount"), value=lambda line: f"{number(100 * line.discount, 0)} %" if line.discount else "", num=True,
            empty="", plain=lambda line: plain(line.discount),
        ),
        Column("net", _("Net value"), value=lambda line: money(line.net), num=True, plain=lambda line: cents(line.net)),
        Column("ordered_on", _("Ordered"), nowrap=True, sort="newest"),
        Column("required_on", _("Promised for"), nowrap=True, empty=_("no day")),
        Column("shipped_on", _("Shipped"), value=shipped, nowrap=True, plain=lambda line: line.shipped_on),
    ],
    sorts=[
        Sort("newest", _("Newest first"), "-ordered_on", "-id"),
        Sort("oldest", _("Oldest first"), "ordered_on", "id"),
    ],
    noun=(_("order line"), _("order lines")),
    also=[Column("category", _("Category"))],
)  # fmt: skip

STORY = Table(columns=[], sorts=[Sort("newest", _("Newest first"), "-at", "-id")], noun=(_("entry"), _("entries")))
