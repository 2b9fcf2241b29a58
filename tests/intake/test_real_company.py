"""The data of a real company, through shell and page: the totals that stand with them, twice, otherwise written, and undone."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import Account, Contact, OrderLine, Performance
from acr_program.intake.models import Batch, Mapping
from acr_program.jobs.work import drain
from acr_program.people.models import User
from acr_program.workflow.log import LogEntry
from acr_program.workflow.seals import verify
from tests.accounts.realdata import folder

from .files import fresh, take, upload
from .test_pages import confirmed

pytestmark = [pytest.mark.django_db, pytest.mark.process, pytest.mark.realdata, pytest.mark.demand("R-21")]

KINDS = ("people", "accounts", "order_lines")


@pytest.fixture(autouse=True)
def then(time_machine):
    """The data end on 1998-05-06."""
    time_machine.move_to(datetime(1998, 5, 11, 9, tzinfo=UTC))


@pytest.fixture
def manager(people):
    return people["manager"]


def totals():
    """Net to the cent, orders, shipped, late."""
    rows = list(Performance.objects.all())
    net = sum((row.net for row in rows), Decimal()).quantize(Decimal("0.01"))
    return net, sum(r.orders for r in rows), sum(r.shipped for r in rows), sum(r.shipped - r.on_time for r in rows)


THERE = (Decimal("1265793.04"), 830, 809, 37)


def business():
    """Every business field of everybody and everything, as one would compare two dumps."""
    skip = {"id", "version", "password", "joined_at", "search", "as_of", "account_id", "manager_id", "reports_to_id"}
    found = {}
    for model, names in (
        (User, "email"),
        (Account, "code"),
        (Contact, "name"),
        (OrderLine, "number"),
        (Performance, "pk"),
    ):
        fields = [f.attname for f in model._meta.concrete_fields if f.attname not in skip]
        found[model.__name__] = sorted(map(str, model.objects.order_by(names).values(*fields)))
    found["managers"] = sorted(Account.objects.values_list("code", "manager__email"))
    found["leaders"] = sorted(map(str, User.objects.values_list("email", "reports_to__email")))
    return found


def test_through_the_shell_with_the_totals_twice_and_undone(manager, capsys):
    before = business()
    for kind in KINDS:
        call_command("intake", kind, str(folder() / f"{kind}.csv"), "--by", manager.email)

    assert totals() == THERE
    assert Account.objects.count() == Contact.objects.count() == 91
    assert Account.objects.filter(manager=None).count() == 2
    assert User.objects.get(email="nancy.davolio@northwind.example").reports_to.name == "Andrew Fuller"
    after, entries = business(), LogEntry.objects.exclude(content_type__model="batch").count()

    for kind in KINDS:
        capsys.readouterr()
        call_command("intake", kind, str(folder() / f"{kind}.csv"))
        assert "Everything is there already: nothing was written." in capsys.readouterr().out
    assert business() == after
    assert LogEntry.objects.exclude(content_type__model="batch").count() == entries

    for batch in Batch.objects.filter(status="taken_in").order_by("-pk"):
        done = take(batch, "undo", manager)
        assert (done.status, done.counts.get("left", 0)) == ("undone", 0)
    assert business() == before
    assert list(verify()) == []


def test_accounts_that_come_before_their_managers_are_taken_in_and_matched_later(manager):
    for kind in ("accounts", "people"):
        call_command("intake", kind, str(folder() / f"{kind}.csv"))
        if kind == "accounts":
            assert Account.objects.exclude(manager_named="").count() == 89
            assert not Account.objects.exclude(manager=None).exists()

    assert Account.objects.exclude(manager_named="").count() == 0
    assert Account.objects.exclude(manager=None).count() == 89
    people = Batch.objects.get(kind="people")
    assert take(people, "undo", manager).counts.get("left", 0) == 0
    assert Account.objects.exclude(manager_named="").count() == 89


def test_through_the_page(manager, as_person):
    office = as_person(manager)
    for kind in KINDS:
        upload(office, (folder() / f"{kind}.csv").read_bytes(), kind, f"{kind}.csv")
        drain(["intake.Work"])
        batch = Batch.objects.latest("pk")
        confirmed(office, batch)
        office.post(f"{batch.get_absolute_url()}steps/take_in/", {"seen": fresh(batch).version, "key": kind})
        drain(["intake.Work"])
        assert fresh(batch).status == "taken_in"

    assert totals() == THERE


# --- another export of the same data ---

GERMAN = {
    "people": {"employee_id": "Nr", "name": "Vor- und Nachname", "email": "Adresse", "title": "Stellung", "reports_to": "Chef"},
    "accounts": {
        "customer_id": "KdNr", "company_name": "Bezeichnung", "city": "Ort.", "region": "Gebiet", "country": "Staat",
        "account_manager_email": "Zuständig", "first_order": "Erste Bestellung", "contact_name": "Person",
        "contact_title": "Stellung", "phone": "Ruf",
    },
    "order_lines": {
        "order_id": "Beleg", "line": "Nr", "customer_id": "KdNr", "order_date": "vom", "required_date": "bis",
        "shipped_date": "am", "product": "Ware", "category": "Art", "quantity": "Stück", "unit_price": "je", "discount": "Nachlass",
    },
}  # fmt: skip
FIELDS = {
    "people": ("code", "name", "email", "title", "reports_to"),
    "accounts": (
        "code", "name", "city", "region", "country", "manager", "customer_since", "contact_name", "contact_title", "contact_phone",
    ),
    "order_lines": (
        "number", "line", "account", "ordered_on", "required_on", "shipped_on", "product", "category", "quantity", "unit_price",
        "discount",
    ),
}  # fmt: skip
DAYS = {"first_order", "order_date", "required_date", "shipped_date"}
NUMBERS = {"quantity", "unit_price", "discount"}


def otherwise(kind: str) -> bytes:
    """The same data with semicolons, a BOM, decimal commas, day/month/year, and other headings."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(GERMAN[kind].values())
    with (folder() / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            writer.writerow([written(name, row[name]) for name in GERMAN[kind]])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def written(name: str, value: str) -> str:
    if name in DAYS and value:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    return value.replace(".", ",") if name in NUMBERS else value


def test_another_export_of_the_same_data_gives_the_same_figures_through_a_mapping_alone(manager, tmp_path: Path):
    for kind in KINDS:
        columns = dict(zip(GERMAN[kind].values(), FIELDS[kind], strict=True))
        (tmp_path / f"{kind}.csv").write_bytes(otherwise(kind))
        if kind == "order_lines":  # kept by name, where the others are files
            options = {"dates": "dmy", "decimal": ","}
            Mapping.objects.create(name="The old system", kind=kind, columns=columns, options=options, by=manager)
            mapping = "The old system"
        else:
            mapping = str(tmp_path / f"{kind}.json")
            Path(mapping).write_text(json.dumps({"columns": columns}))
        call_command("intake", kind, str(tmp_path / f"{kind}.csv"), "--mapping", mapping)

    assert totals() == THERE
    there = business()
    for kind in KINDS:
        call_command("intake", kind, str(folder() / f"{kind}.csv"))
    assert business() == there  # the export of before says nothing that this one had not said
