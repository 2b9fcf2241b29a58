"""What the printer's link leads to: one order, its file, and the forms that say how it stands."""

from __future__ import annotations

from typing import Any

from acr_program.links.errors import LinkRefused
from acr_program.links.models import Link
from acr_program.people.models import User
from reviews.forms.printer import FORMS
from reviews.models import PrintOrder
from reviews.models.handover import PURPOSE


def order_of(token: str) -> PrintOrder:
    """The order behind this token; looking changes nothing. Raises LinkRefused."""
    link = Link.find(token, PURPOSE)
    order = PrintOrder.objects.for_page().filter(pk=link.object_id).first()
    if order is None:
        raise LinkRefused("", "revoked")
    return order


class PrinterPage:
    """One order as the printer sees it, with the forms that are open now; `given` are those that need another look."""

    def __init__(self, of: PrintOrder, token: str) -> None:
        self.of, self.token = of, token
        self.given: dict[str, Any] = {}

    def form(self, name: str) -> Any:
        """The form of a step where it is open, as it was typed or empty."""
        if self.of.find(name) is None:
            return None
        nobody = User(is_system=True)
        return self.given.get(name) or FORMS[name](obj=self.of, user=nobody)

    @property
    def printed(self) -> Any:
        return self.form("printed")

    @property
    def ship(self) -> Any:
        return self.form("ship")

    @property
    def fail(self) -> Any:
        return self.form("fail")
