"""A small company to do things to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.timezone import localdate

from accounts.models import Account, Contact
from acr_program.people.models import User
from acr_program.workflow.days import add_working_days
from acr_program.workflow.edit import begin_many
from reviews.models import ReviewRequest
from tests.factories import fresh, make_program, make_template, make_user, make_year, take

from .clients import Client, session_of
from .world import World


@dataclass
class Company:
    """Its people with their sessions, its accounts and reviews."""

    world: World
    people: dict[str, User] = field(default_factory=dict)
    sessions: dict[int, str] = field(default_factory=dict)

    def client(self, user: User) -> Client:
        if user.pk not in self.sessions:
            self.sessions[user.pk] = session_of(user)
        return Client(self.world.port, self.sessions[user.pk])

    def as_(self, name: str) -> Client:
        return self.client(self.people[name])


def found(world: World, *, sections: int = 2, program: str = "rolled_out") -> Company:
    """People, the program rolled out and the year running (or neither), a template published."""
    company = Company(world)
    leader = make_user("leader", name="Lena Leader")
    company.people = {
        "leader": leader,
        "rep": make_user("rep", name="Rita Rep", reports_to=leader),
        "admin": make_user("admin", name="Ada Admin"),
        "second admin": make_user("admin", name="Abe Admin"),
        "manager": make_user("manager", name="Max Manager"),
        "contributor": make_user("contributor", name="Cora Contributor"),
        "second contributor": make_user("contributor", name="Carl Contributor"),
        "auditor": make_user("auditor", name="Aud Auditor"),
        "executive": make_user("executive", name="Eva Executive"),
        "stranger": make_user("rep", name="Sten Stranger"),
    }
    if program:
        make_program(program, manager=company.people["manager"])
        make_year()
    make_template(sections=sections, contributors=(company.people["contributor"], company.people["second contributor"]))
    User.objects.clock()
    for user in company.people.values():
        company.client(user)
    return company


def accounts_of(company: Company, count: int) -> list[Account]:
    """So many active customers of the representative, each with a contact."""
    rep, admin = company.people["rep"], company.people["admin"]
    rows = [Account(name=f"Customer {n}", theater="EMEA", country="Chile", manager=rep) for n in range(count)]
    begin_many(rows, by=admin)
    Contact.objects.bulk_create(
        [Contact(account=row, name="Kim Kunde", email="kim@customer.example", is_main=True) for row in rows]
    )
    return [take(row, "win", admin) for row in rows]


def requests_of(company: Company, accounts: list[Account]) -> list[ReviewRequest]:
    """A drafted review for each."""
    rows = [
        ReviewRequest(
            account=account, year=make_year(), rep=company.people["rep"], goal="Agree on next year.",
            meeting_on=add_working_days(localdate(), 60), recipient=account.contacts.get(),
        )
        for account in accounts
    ]  # fmt: skip
    return begin_many(rows, by=company.people["rep"])


def step_url(obj: Any, name: str) -> str:
    return f"{obj.steps_url}{name}/"


def seen(obj: Any) -> int:
    return int(fresh(obj).version)
