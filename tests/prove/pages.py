"""Every other form that changes something: who sends it, where, what is typed, and how its effects are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import Account
from acr_program.charter.models import Function, Program, ProgramYear
from acr_program.jobs.models import State
from acr_program.outbox.models import Message
from acr_program.people.access import declared
from acr_program.people.models import Absence, User
from acr_program.workflow.days import add_working_days
from acr_program.workflow.log import LogEntry
from reviews.models import ReviewRequest
from tests.factories import fresh, make_absence, make_account, make_function, make_user

from .clients import Files
from .company import Company
from .forms import review, waits_for_an_approver

FACTS = {"company": "Nordwind", "currency": "EUR", "home_country": "Germany"}
DAYS = {"begins_on": "2051-01-01", "ends_on": "2051-12-31"}
PLACE = {"theater": "EMEA", "country": "Chile"}


@dataclass
class Sent:
    """One form as it is sent, and what it changes by one: rows of each table, log rows, files, jobs, mails."""

    url: str
    data: dict[str, Any]
    effects: tuple[Callable[[], int], ...]
    files: Files = field(default_factory=dict)

    def count(self) -> list[int]:
        return [int(effect()) for effect in self.effects]


@dataclass
class Page:
    """One path whose form is no step."""

    name: str
    who: str
    make: Callable[[], Sent]


def page_names() -> set[str]:
    """Every path that answers one click once, and the mail's, whose own row is its guard."""
    return {name for _where, name, view in declared() if getattr(view, "once", False)} | {"outbox:retry"}


def sent(
    path: str, /, *args: Any, of: Any = None, rows: Any = (), files: Files | None = None, query: str = "", **data: Any
) -> Sent:
    """What is typed on this page, and each thing that comes of it once: one of these rows, one edit in the log of `of`."""
    effects = [many.count for many in (rows if isinstance(rows, tuple) else (rows,))]
    if of is not None:
        data |= {"seen": of.version}
        effects.append(LogEntry.objects.of(of).filter(step="edit").count)
    url = reverse(path, args=args) + (f"?{query}" if query else "")
    return Sent(url, data, tuple(effects), files or {})


def beginning() -> Iterator[Page]:
    """The program itself, before anything else can be done."""
    yield Page("charter:set-up", "manager", lambda: sent("charter:set-up", rows=Program.objects.all(), **FACTS))


def pages(company: Company) -> Iterator[Page]:
    yield from program_pages(company)
    yield from account_pages(company)
    yield from people_pages(company)
    yield from mail_pages(company)
    yield from review_pages(company)


def program_pages(company: Company) -> Iterator[Page]:
    people = company.people
    someone = {"contributor": people["contributor"].pk}

    def program() -> Sent:
        one = Program.objects.get()
        return sent("charter:edit-program", one.pk, of=one, **FACTS | {"company": "Südwind", "manager": one.manager_id})

    def year() -> Sent:
        one = ProgramYear.objects.get(label="2051")
        return sent("charter:edit-year", one.pk, of=one, label="2051", **DAYS | {"ends_on": "2051-11-30"})

    def function() -> Sent:
        known = make_function()
        log = Program.objects.get().log()
        return sent("charter:function", known.pk, rows=log, name=f"{known.name} anew", **someone)

    added = ProgramYear.objects.filter(label="2051")
    yield Page("charter:edit-program", "manager", program)
    yield Page("charter:new-year", "manager", lambda: sent("charter:new-year", rows=added, label="2051", **DAYS))
    yield Page("charter:edit-year", "manager", year)
    named = Function.objects.filter(name="Quality")
    yield Page("charter:new-function", "manager", lambda: sent("charter:new-function", rows=named, name="Quality"))
    yield Page("charter:function", "manager", function)


def account_pages(company: Company) -> Iterator[Page]:
    rep = company.people["rep"]
    added = Account.objects.filter(name="Added once")
    facts = {**PLACE, "manager": rep.pk}

    def contact(path: str, **data: Any) -> Callable[[], Sent]:
        def make() -> Sent:
            account = make_account(manager=rep)
            who = [account.contacts.get().pk] if path != "new-contact" else []
            return sent(f"accounts:{path}", account.pk, *who, of=account, **data)

        return make

    def edited() -> Sent:
        account = make_account(manager=rep)
        return sent("accounts:edit", account.pk, of=account, name=f"{account.name} anew", **facts)

    person = {"name": "Ina Neu", "email": "ina@customer.example"}
    yield Page("accounts:new", "admin", lambda: sent("accounts:new", rows=added, name="Added once", **facts))
    yield Page("accounts:edit", "admin", edited)
    yield Page("accounts:new-contact", "rep", contact("new-contact", **person))
    yield Page("accounts:contact", "rep", contact("contact", **person))
    yield Page("accounts:drop-contact", "rep", contact("drop-contact"))


def people_pages(company: Company) -> Iterator[Page]:
    people, today = company.people, localdate()
    invited = User.objects.filter(email="nova@nordwind.example")
    new = {"name": "Nova Neu", "email": "nova@nordwind.example", "roles": ["contributor"]}
    days = {"from_on": today.isoformat(), "to_on": (today + timedelta(days=3)).isoformat()}

    def edited() -> Sent:
        person = make_user("contributor")
        named = {"name": "Other Name", "email": person.email, "is_active": "on", "roles": ["contributor"]}
        return sent("desk:edit-person", person.pk, of=person, **named)

    def away() -> Sent:
        rows = Absence.objects.filter(person=people["rep"])
        return sent("desk:absences", people["rep"].pk, rows=rows, **days, stand_in=people["stranger"].pk)

    def back() -> Sent:
        person = people["second contributor"]
        absence = make_absence(person, people["contributor"], today + timedelta(days=9))
        return sent("desk:end-absence", person.pk, absence.pk, of=person)

    def settings() -> Sent:
        me = fresh(people["auditor"])
        return sent("desk:me", of=me, name="Aud Anew", time_zone="UTC")

    def again() -> Sent:
        person = User.objects.create_user("nils.again@nordwind.example", "Nils Noch")
        return sent("desk:invite-again", person.pk, rows=Message.objects.filter(person=person))

    yield Page("desk:invite", "admin", lambda: sent("desk:invite", rows=invited, **new))
    yield Page("desk:invite-again", "admin", again)
    yield Page("desk:edit-person", "admin", edited)
    yield Page("desk:absences", "rep", away)
    yield Page("desk:end-absence", "admin", back)
    yield Page("desk:me", "auditor", settings)


def mail_pages(company: Company) -> Iterator[Page]:
    def given_up(name: str, *label: str) -> Callable[[], Sent]:
        def make() -> Sent:
            mail = Message.objects.order_by("created_at").first()
            assert mail is not None
            Message.objects.filter(pk=mail.pk).update(state=State.FAILED)
            return sent(name, *label, mail.pk, rows=Message.objects.filter(pk=mail.pk, state=State.QUEUED))

        return make

    yield Page("outbox:retry", "admin", given_up("outbox:retry"))
    yield Page("health-retry", "admin", given_up("health-retry", "outbox.message"))


def review_pages(company: Company) -> Iterator[Page]:
    asked = {
        "audience": "executive", "meeting_on": add_working_days(localdate(), 60).isoformat(), "delivery": "digital",
        "goal": "Agree on next year, once.",
    }  # fmt: skip

    def new() -> Sent:
        account = make_account(manager=company.people["rep"])
        given = {"account": account.pk, "recipient": account.contacts.get().pk}
        return sent("reviews:new", rows=ReviewRequest.objects.filter(account=account), **asked, **given, draft="1")

    def edited() -> Sent:
        draft = review(company, "draft")
        given = {"recipient": draft.recipient_id, "draft": "1"}
        return sent("reviews:request-edit", draft.pk, of=draft, **asked, **given)

    def approver() -> Sent:
        waits = waits_for_an_approver(company)
        named = {"approver": company.people["manager"].pk, "reason": "She knows them."}
        return sent("reviews:request-approver", waits.pk, of=waits, **named)

    yield Page("reviews:new", "rep", new)
    yield Page("reviews:request-edit", "rep", edited)
    yield Page("reviews:request-approver", "admin", approver)


def same_thing() -> Iterator[tuple[str, str, dict[str, Any], type[Model]]]:
    """What two people may do in the same instant, each with a click of their own, and only one can have done."""
    yield (
        "charter:new-year",
        "manager",
        {"label": "2052", "begins_on": "2052-01-01", "ends_on": "2052-12-31"},
        ProgramYear,
    )
    yield "charter:new-function", "manager", {"name": "Safety"}, Function
    yield "desk:invite", "admin", {"name": "Nils Neu", "email": "nils@nordwind.example", "roles": ["rep"]}, User
