"""What one review has to say: the account's two years, its orders, and the words to print them in, each read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accounts.models import Figure

from ..models import ReviewRequest
from .amounts import Say
from .figures import figures_of, quarters
from .glance import glance_of
from .orders import Orders, orders_of
from .value import told_of
from .years import Years, looked_back_on

SHORT = 4  # with fewer orders than this the sections run on, a page each would be bare


@dataclass
class Content:
    request: ReviewRequest

    @cached_property
    def locale(self) -> str:
        return "en-GB" if self.request.account.theater == "EMEA" else "en-US"

    @cached_property
    def currency(self) -> str:
        currency: str = self.request.program.currency
        return currency

    @cached_property
    def say(self) -> Say:
        return Say(self.locale, self.currency)

    @cached_property
    def years(self) -> Years:
        return looked_back_on(self.request.account)

    @cached_property
    def orders(self) -> Orders:
        return orders_of(self.request.account_id, self.years)

    @cached_property
    def told(self) -> list[Figure]:
        return told_of(self.request.account, self.years)

    @cached_property
    def figures(self) -> dict[str, Any] | None:
        return figures_of(self.years, self.orders, self.say)

    @cached_property
    def quarters(self) -> list[dict[str, Any]]:
        """All four, even where they are too thin for a table."""
        return quarters(self.years)

    @property
    def glance(self) -> list[str]:
        return glance_of(self.figures, self.years, self.orders, self.say)

    @property
    def layout(self) -> str:
        return "short" if self.years.from_lines and len(self.orders.year) < SHORT else "full"
