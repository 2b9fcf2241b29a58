"""The data of a real company, where they are on file: found, and loaded as plain rows without any import."""

import csv
import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import Account, OrderLine
from acr_program.people.models import User
from acr_program.workflow.edit import begin_many

CENT = Decimal("0.01")


def folder() -> Path:
    """Where they lie: ACR_REALDATA, or ../shared/data/northwind; without them a test is left out, but fails in CI."""
    place = Path(os.environ.get("ACR_REALDATA") or settings.BASE_DIR.parent / "shared" / "data" / "northwind")
    if (place / "order_lines.csv").is_file():
        return place
    sentence = f"The real company's data are not at {place}; set ACR_REALDATA to the folder that has order_lines.csv."
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


def rows(name: str) -> Iterator[dict[str, str]]:
    with (folder() / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def load(by: User) -> dict[str, Account]:
    """Accounts by their number, with all their order lines."""
    made = begin_many([Account(name=r["company_name"], code=r["customer_id"]) for r in rows("accounts.csv")], by=by)
    accounts = {account.code: account for account in made}
    lines = [
        OrderLine(
            account=accounts[row["customer_id"]], number=row["order_id"], line=int(row["line"]), product=row["product"],
            category=row["category"], quantity=Decimal(row["quantity"]), unit_price=Decimal(row["unit_price"]).quantize(CENT),
            discount=Decimal(row["discount"]).quantize(CENT), ordered_on=row["order_date"], required_on=day(row["required_date"]),
            shipped_on=day(row["shipped_date"]),
        )
        for row in rows("order_lines.csv")
    ]  # fmt: skip
    OrderLine.objects.bulk_create(lines, batch_size=500)
    return accounts


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
