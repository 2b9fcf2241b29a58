"""Figures of customers for tests: net value by quarter, and margins that somebody told, where the ranking and a plan read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from accounts.models import Account, Figure, Performance
from accounts.quarters import quarter_of
from keyaccounts.calendar import months_after
from tests.acting import office


def quarter_back(count: int) -> date:
    """The first day of a quarter before this one; 1 is the last complete one."""
    return months_after(quarter_of(localdate()), -3 * count)


def sold(account: Account, net: Any, back: int = 1, orders: int = 4) -> Performance:
    """What the customer bought in one quarter."""
    return Performance.objects.create(
        account=account, quarter_begins_on=quarter_back(back), net=Decimal(net), orders=orders, shipped=orders,
        on_time=orders, promised=orders, source="Orders", as_of=localdate(),
    )  # fmt: skip


def margin_told(account: Account, percent: Any, back: int = 1, **more: Any) -> Figure:
    """The margin of one quarter, as somebody told it."""
    return Figure.objects.create(
        account=account, kind="margin", quarter_begins_on=quarter_back(back), value=Decimal(percent),
        source="Controlling", as_of=localdate(), said_by=office("admin"), **more,
    )  # fmt: skip
