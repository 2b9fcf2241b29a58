"""Order lines for tests, in a word each."""

from datetime import date
from decimal import Decimal
from itertools import count

from accounts.models import OrderLine

numbers = count(1)


def order(account, ordered, *lines, required=None, shipped=None, number=None):
    """One order: each line is (quantity, price[, discount[, category]])."""
    number = number or f"A{next(numbers)}"
    made = []
    for place, (quantity, price, *more) in enumerate(lines, start=1):
        discount, category = [*more, "0", "Cheese"][:2] if len(more) == 2 else [*(more or ["0"]), "Cheese"][:2]
        made.append(
            OrderLine(
                account=account, number=number, line=place, product=f"{category} {place}", category=category,
                quantity=Decimal(quantity), unit_price=Decimal(price), discount=Decimal(discount),
                ordered_on=date.fromisoformat(ordered), required_on=required and date.fromisoformat(required),
                shipped_on=shipped and date.fromisoformat(shipped),
            )
        )  # fmt: skip
    return OrderLine.objects.bulk_create(made)
