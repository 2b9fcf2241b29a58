"""One import in a process of its own, or the bare upsert of the same rows: prints seconds and its largest memory."""

from __future__ import annotations

import csv
import json
import os
import sys
import threading
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import django
from django.db import transaction

from .memory import size

COLUMNS = (
    "account_id",
    "product",
    "category",
    "quantity",
    "unit_price",
    "discount",
    "ordered_on",
    "required_on",
    "shipped_on",
)


def main(how: str, path: Path) -> dict[str, Any]:
    django.setup()
    from acr_program.people.choices import Role
    from acr_program.people.models import User

    by = User.objects.holding(Role.MANAGER).first()
    sizes, over = [size(os.getpid())], threading.Event()
    watch = threading.Thread(
        target=lambda: [sizes.append(size(os.getpid())) for _ in iter(lambda: over.wait(0.2), True)]
    )
    watch.start()
    begun = time.perf_counter()
    told = {"bare": bare, "ours": ours}[how](path, by)
    seconds = time.perf_counter() - begun
    over.set()
    watch.join()
    return {"seconds": seconds, "peak": max(sizes), "before": sizes[0], **told}


def ours(path: Path, by: Any) -> dict[str, Any]:
    """Parse, validate, preview, commit, with what undoing needs."""
    from tests.intake.files import taken_in

    batch = taken_in(path.read_bytes(), "order_lines", by)
    return {"counts": batch.counts, "status": batch.status}


def bare(path: Path, _by: Any) -> dict[str, Any]:
    """Read with csv, made into objects, upserted in batches: nothing is looked at, kept or computed."""
    from accounts.models import Account, OrderLine

    known = dict(Account.objects.exclude(code="").values_list("code", "pk"))
    with path.open(newline="") as file, transaction.atomic():
        lines = [line_of(row, known) for row in csv.DictReader(file)]
        OrderLine.objects.bulk_create(
            lines, batch_size=1000, update_conflicts=True, unique_fields=["number", "line"], update_fields=COLUMNS
        )
    return {"counts": {"created": len(lines)}, "status": "taken_in"}


def line_of(row: dict[str, str], known: dict[str, int]) -> Any:
    from accounts.models import OrderLine

    return OrderLine(
        account_id=known[row["customer_id"]],
        number=row["order_id"],
        line=int(row["line"]),
        product=row["product"],
        category=row["category"],
        quantity=Decimal(row["quantity"]),
        unit_price=Decimal(row["unit_price"]),
        discount=Decimal(row["discount"]),
        ordered_on=date.fromisoformat(row["order_date"]),
        required_on=date.fromisoformat(row["required_date"]),
        shipped_on=date.fromisoformat(row["shipped_date"]),
    )


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]))))
