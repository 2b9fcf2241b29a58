"""Every other form that changes something: who sends it, where, what is typed, and how its effects are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Model
from django.utils.timezone import localdate

from accounts.models import Account
from acr_program.charter.models import Function, Program, ProgramYear
from acr_program.desk import feed
from acr_program.jobs.models import State
from acr_program.outbox.models import Message
from acr_program.people.access import declared
from acr_program.people.models import Absence, User
from acr_program.workflow.days import add_working_days
from acr_program.workflow.edit import begin
from acr_program.workflow.log import LogEntry
from reviews.actions.noting import write_note
from reviews.models import (
    FollowUp,
    Handover,
    Meeting,
    PrintOrder,
    ReviewRequest,
    Seen,
    StarPerformer,
    Suggestion,
    TouchPoint,
)  # fmt: skip
from tests.factories import (
    fresh,
    make_absence,
    make_account,
    make_function,
    make_request,
    make_template,
    make_user,
    take,
)
from tests.reviews.meetings import typed

from .company import Company
from .forms import review, waits_for_an_approver
from .process_pages import process_pages
from .sending import Page, Sent, sent
from .template_pages import template_pages

FACTS = {"company": "Nordwind", "currency": "EUR", "home_country": "Germany"}
DAYS = {"begins_on": "2051-01-01", "ends_on": "2051-12-31"}
PLACE = {"theater": "EMEA", "country": "Chile"}


def page_names() -> set[str]:
    """Every path that answers one click once, and the mail's, whose own row is its guard."""
    return {name for _where, name, view in declared() if getattr(view, "once", False)} | {"outbox:retry"}


def beginning() -> Iterator[Page]:
    """The program itself, before anything else can be done."""
    yield Page("charter:set-up", "manager", lambda: sent("charter:set-up", rows=Program.objects.all(), **FACTS))


def pages(company: Company) -> Iterator[Page]:
    yield from program_pages(company)
    yield from account_pages(company)
    yield from people_pages(company)
    yield from mail_pages(company)
    yield from review_pages(company)
    yield from meeting_pages(company)
    yield from process_pages(Page, sent)
    yield from template_pages(Page, sent)


def program_pages(company: Company) -> Iterator[Page]:
    people = company.people
    someone = {"contributor": people["contributor"].pk}

    def program() -> Sent:
        one = Program.objects.get()
        return sent("charter:edit-program", one.pk, of=one, **FACTS | {"company": "Südwind", "manager": one.manager_id})

    def look() -> Sent:
        return sent("charter:look", 1, of=Program.objects.get(), accent="#7a1f3d")

    def year() -> Sent:
        one = ProgramYear.objects.get(label="2051")
        return sent("charter:edit-year", one.pk, of=one, label="2051", **DAYS | {"ends_on": "2051-11-30"})

    def function() -> Sent:
        known = make_function()
        log = Program.objects.get().log()
        return sent("charter:function", known.pk, rows=log, name=f"{known.name} anew", **someone)

    added = ProgramYear.objects.filter(label="2051")
    yield Page("charter:edit-program", "manager", program)
    yield Page("charter:look", "manager", look)
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

    def approvers() -> Sent:
        account = make_account(manager=rep)
        return sent("accounts:approvers", account.pk, of=account, first=make_user("leader").pk)

    person = {"name": "Ina Neu", "email": "ina@customer.example"}
    yield Page("accounts:new", "admin", lambda: sent("accounts:new", rows=added, name="Added once", **facts))
    yield Page("accounts:edit", "admin", edited)
    yield Page("accounts:approvers", "admin", approvers)
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


def voices_pages(company: Company) -> Iterator[Page]:
    """What is suggested from the house, and who is held up as an example."""
    said = {"about": "stage:gathering", "words": "A week more."}
    suggested = Suggestion.objects.filter(source="office")

    def on_version() -> Sent:
        template = make_template("operational", status="draft")
        return sent("reviews:suggest-on", template.pk, rows=suggested, **said)

    def from_lesson() -> Sent:
        touch = TouchPoint(person=make_user("rep"), kind="star", quarter=date(2050, 1, 1))
        touch = take(begin(touch, by=company.people["manager"]), "ask", company.people["manager"])
        touch = take(touch, "answer", touch.person, lesson="They read the end first.")
        return sent("reviews:suggest-from", touch.pk, rows=touch.suggestions.all(), **said)

    def nominated() -> Sent:
        person = make_user("rep", reports_to=company.people["leader"])
        example = make_request("met", account=make_account(manager=person))
        rows = StarPerformer.objects.filter(person=person)
        return sent("reviews:nominate", rows=rows, person=person.pk, example=example.pk, reason="They listen.")

    yield Page("reviews:suggest", "contributor", lambda: sent("reviews:suggest", rows=suggested, **said))
    yield Page("reviews:suggest-on", "manager", on_version)
    yield Page("reviews:suggest-from", "admin", from_lesson)
    yield Page("reviews:nominate", "leader", nominated)


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

    def follow_up() -> Sent:
        met = review(company, "delivered")
        said = {"what": "Walk the dock.", "owner": company.people["contributor"].pk, "due_on": asked["meeting_on"]}
        return sent("reviews:new-follow-up", met.pk, rows=FollowUp.objects.filter(request=met), **said)

    def copies() -> Sent:
        out = review(company, "shipped")
        said = {"copies": 5, "paper": "silk", "binding": "wire", "ship_to": "Hotel", "needed_by": asked["meeting_on"]}
        rows = (PrintOrder.objects.filter(request=out), Handover.objects.filter(order__request=out))
        return sent("reviews:new-print-order", out.pk, rows=rows, reason="Lost.", **said)

    yield from voices_pages(company)
    yield Page("reviews:new-print-order", "admin", copies)
    yield Page("reviews:new-follow-up", "rep", follow_up)

    def shown() -> Sent:
        approval = review(company, "in_approval").approvals.get(approver=company.people["leader"])
        rows = Seen.objects.filter(approval=approval)
        return sent("reviews:approval-shown", approval.pk, rows=rows, signs=approval.signs)

    yield Page("reviews:new", "rep", new)
    yield Page("reviews:request-edit", "rep", edited)
    yield Page("reviews:request-approver", "admin", approver)
    yield Page("reviews:approval-shown", "leader", shown)


def meeting_pages(company: Company) -> Iterator[Page]:
    rep, soon = company.people["rep"], (localdate() + timedelta(days=30)).isoformat()

    def meeting(status: str = "gathering") -> Meeting:
        return review(company, status).meetings.get()

    def planned() -> Sent:
        one = meeting()
        shown = typed(one, agenda="The year, once.", ours=rep.pk, theirs=one.request.recipient_id)
        return sent("reviews:meeting-plan", one.pk, of=one, **shown)

    def anew() -> Sent:
        one = meeting()
        take(one, "cancel", rep, comment="They are away.")
        rows = Meeting.objects.standing().filter(request=one.request_id)
        return sent("reviews:plan-meeting", one.request_id, rows=rows)

    def outcome() -> Sent:
        one = meeting("met")
        return sent("reviews:meeting-outcome", one.pk, of=one, outcome="They stay.")

    def note() -> Sent:
        one = meeting()
        return sent("reviews:meeting-note", one.pk, rows=one.notes.all(), text="The dock is too narrow.")

    def mark() -> Sent:
        one = meeting()
        line = write_note(one, by=rep, text="The dock is too narrow.")
        rows = FollowUp.objects.filter(request=one.request_id)
        given = {"what": "Widen the dock.", "owner": company.people["contributor"].pk, "due_on": soon}
        return sent("reviews:meeting-mark", one.pk, line.pk, rows=rows, **given)

    def address(name: str) -> Callable[[], Sent]:
        def make() -> Sent:
            me = company.people["second contributor"]
            feed.renew(me, by=me)
            edits = LogEntry.objects.of(me).filter(step="edit")
            return sent(name, rows=edits)

        return make

    yield Page("reviews:meeting-plan", "rep", planned)
    yield Page("reviews:plan-meeting", "rep", anew)
    yield Page("reviews:meeting-outcome", "rep", outcome)
    yield Page("reviews:meeting-note", "rep", note)
    yield Page("reviews:meeting-mark", "rep", mark)
    yield Page("desk:renew-calendar", "second contributor", address("desk:renew-calendar"))
    yield Page("desk:withdraw-calendar", "second contributor", address("desk:withdraw-calendar"))


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
