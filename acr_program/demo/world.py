"""The demo company as it begins: accounts, contacts, template, program, year."""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random

from accounts.choices import AccountStatus
from accounts.models import Account, Contact
from acr_program.charter.models import Function, Program, ProgramYear
from acr_program.people.models import Absence, User
from acr_program.workflow.edit import begin
from reviews.actions.standard import STANDARD, load_template

from .acting import act
from .charter import tell, write_charter
from .companies import rows
from .people import FUNCTIONS, address_of, make_people
from .touching import give_owners

PROSPECTS = {"Rapa Market", "Posada Tres Ríos", "Hanok Table Co."}


def make_company(today: date) -> dict[str, User]:
    """People, functions, program, this year and the one before, both templates published."""
    people = make_people()
    manager, owner = people["Owen Castellane"], people["Sunniva Lund"]
    for name, person in FUNCTIONS.items():
        Function.objects.create(name=name, contributor=people[person])
    program = begin(
        Program(
            pk=1, company="Alder & Fisk", currency="USD", home_country="United States", manager=manager, owner=owner
        ),
        by=manager,
    )
    write_charter(program, manager, people, today)
    act(program, "start_pilot", manager)
    act(program, "roll_out", manager, comment="Two waves of pilots are behind us; every theater was in them.")
    for audience in ("executive", "operational"):
        template = load_template(STANDARD / f"{audience}.json", by=manager)
        give_owners(template)
        act(template, "publish", manager)
    before = begin(
        ProgramYear(
            label=str((today + timedelta(days=365)).year - 1),
            begins_on=today - timedelta(days=365),
            ends_on=today - timedelta(days=1),
        ),
        by=manager,
    )
    for step, said in (("announce", {}), ("start", {}), ("close", {"comment": "The year is over."})):
        if step == "start":
            tell(before, manager)
        act(before, step, manager, **said)
    year = begin(
        ProgramYear(
            label=str((today + timedelta(days=365)).year), begins_on=today, ends_on=today + timedelta(days=425)
        ),
        by=manager,
    )
    act(year, "announce", manager)
    tell(year, manager)
    act(year, "start", manager)
    return people


def make_accounts(people: dict[str, User], chance: Random, today: date) -> list[Account]:
    """Sixty accounts; three are prospects still, one of them with nobody to meet."""
    manager, made = people["Owen Castellane"], []
    for number, row in enumerate(rows(), start=1):
        postcode, _space, city = row["place"].rpartition(" ")
        account = begin(
            Account(
                code=f"AF{number:04d}", name=row["name"], business_unit=row["business_unit"], sector=row["sector"],
                theater=row["theater"],
                country=row["country"], city=city, postcode=postcode, street=row["street"], manager=people.get(row["manager"]),
                customer_since=None if row["name"] in PROSPECTS else today - timedelta(days=chance.randint(100, 4000)),
            ),
            by=manager,
        )  # fmt: skip
        if row["contact"]:
            name, title = row["contact"].split(", ", 1)
            house = re.sub(r"[^a-z0-9]", "", address_of(row["name"]).split("@")[0])[:24]
            local = re.sub(r"[^a-z0-9]+", ".", address_of(name).split("@")[0]).strip(".")
            email = f"{local}@{house}.example"
            Contact.objects.create(account=account, name=name, title=title, email=email, is_main=True)
        if row["name"] not in PROSPECTS:
            account = act(account, "win", manager)
        made.append(account)
    lund = people["Sunniva Lund"]
    for account in chance.sample([a for a in made if a.status == AccountStatus.ACTIVE], 12):
        account.designated_leaders.add(lund)
    return made


def make_absences(people: dict[str, User], today: date) -> None:
    """Who is away now: an approver and an administrator."""
    Absence.objects.create(
        person=people["Helena Brandt"], stand_in=people["Graham Pell"], from_on=today - timedelta(days=2),
        to_on=today + timedelta(days=5), set_by=people["Priya Raghunathan"],
    )  # fmt: skip
