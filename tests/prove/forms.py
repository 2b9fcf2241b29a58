"""Every step that people take by a form: who takes it, what they type, and an object that stands where it is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils.timezone import localdate

from acr_program.charter.models import Program
from acr_program.workflow.docs import machines
from acr_program.workflow.edit import edit
from reviews.models import CustomerFeedback, RepFeedback, Section, Suggestion
from tests.chartering import fill_charter, tell_leaders
from tests.factories import (
    fresh,
    make_account,
    make_request,
    make_template,
    make_user,
    make_year,
    render,
    take,
    try_out,
)
from tests.reviews.feedback import answered, asked, held, speak
from tests.reviews.library import a_text, a_touch, new_words_typed
from tests.reviews.newer import a_newer
from tests.reviews.processes import a_draft
from tests.reviews.promises import a_follow_up
from tests.reviews.voices import a_star

from .company import Company

COMMENT = {"comment": "Because it is so."}


@dataclass
class Form:
    """One step form; `make` gives the object, `given` what is typed (or a function of the object).

    `rows` gives what comes of it by one beside its log row: the jobs of a batch.
    """

    name: str
    who: str
    make: Callable[[], Any]
    given: Any = None
    rows: Callable[[Any], Any] | None = None

    def data(self, obj: Any) -> dict[str, Any]:
        given = self.given(obj) if callable(self.given) else self.given
        return dict(given or {})


def step_names() -> set[str]:
    """Every step that a person may take, by the declarations."""
    system = ("the_clock", "the_customer", "the_printer")
    return {
        machine.step_name(step.name)
        for machine in machines()
        for step in machine.declared_steps().values()
        if any(role.__name__ not in system for role in step.by)
    }


def forms(company: Company) -> Iterator[Form]:
    """One for each, in an order in which the program and its year are where they have to be."""
    yield Form("program.start_pilot", "manager", lambda: fill_charter(Program.objects.get()))
    yield Form("program.roll_out", "manager", Program.objects.get, COMMENT)
    year = make_year("drafting", label="2050")
    yield Form("programyear.announce", "manager", lambda: year)
    yield Form("programyear.start", "manager", lambda: told(year))
    yield Form("programyear.close", "manager", lambda: year, COMMENT)
    change(Program.objects.get(), company, owner=None)
    make_year()
    yield Form("processversion.publish", "manager", a_draft)
    yield Form("processversion.discard", "manager", a_draft)
    yield Form("templateversion.publish", "manager", tried)
    yield Form("templateversion.discard", "manager", lambda: make_template("operational", status="draft"))
    yield Form("templateversion.retire", "manager", lambda: make_template("operational"))
    yield Form("templateversion.reinstate", "manager", lambda: make_template("operational", status="retired"))
    yield Form("templateversion.unpublish", "manager", lambda: make_template("operational"))
    yield from accounts(company)
    yield from requests(company)
    yield from later(company)
    yield from sections(company)
    yield from leaders(company)
    yield from follow_ups(company)
    yield from print_orders(company)
    yield Form("meeting.cancel", "rep", lambda: review(company, "gathering").meetings.get(), COMMENT)
    yield from said(company)
    yield from library(company)


def library(company: Company) -> Iterator[Form]:
    """The standard texts, and what is asked about them each quarter."""
    writer, star = company.people["contributor"], company.people["rep"]
    yield Form("revision.accept", "manager", lambda: a_text(writer, "proposed"))
    yield Form("revision.reject", "manager", lambda: a_text(writer, "proposed"), COMMENT)
    yield Form("revision.confirm", "contributor", lambda: a_text(writer))
    yield Form("touchpoint.ask", "manager", lambda: a_touch(writer, "scheduled"))
    yield Form("touchpoint.confirm_unchanged", "contributor", lambda: a_touch(writer))
    yield Form("touchpoint.report_change", "contributor", lambda: a_touch(writer), new_words_typed)
    yield Form("touchpoint.answer", "rep", lambda: a_touch(star, kind="star"), {"lesson": "Bring the figures first."})


def tried() -> Any:
    """A draft that is known to render."""
    template = make_template("operational", status="draft")
    try_out(template)
    return template


def told(year: Any) -> Any:
    tell_leaders(year)
    return year


def accounts(company: Company) -> Iterator[Form]:
    def account(status: str) -> Callable[[], Any]:
        return lambda: make_account(status, manager=company.people["rep"])

    yield Form("account.win", "admin", account("prospect"))
    yield Form("account.flag_risk", "rep", account("active"), COMMENT)
    yield Form("account.recover", "leader", account("at_risk"), COMMENT)
    yield Form("account.close", "manager", account("active"), COMMENT)
    yield Form("account.reopen", "manager", account("closed"))


def review(company: Company, status: str, **fields: Any) -> Any:
    return make_request(status, account=make_account(manager=company.people["rep"]), **fields)


def requests(company: Company) -> Iterator[Form]:
    def at(status: str, **fields: Any) -> Callable[[], Any]:
        return lambda: review(company, status, **fields)

    yield Form("reviewrequest.submit", "rep", at("draft"))
    yield Form("reviewrequest.recall", "rep", at("submitted"))
    yield Form("reviewrequest.send_back", "admin", at("submitted"), COMMENT)
    yield Form("reviewrequest.accept", "admin", at("submitted"))
    for name, status in (("upgrade", "compiling"), ("upgrade_in_rework", "changes_requested")):
        yield Form(f"reviewrequest.{name}", "admin", partial(with_newer, company, status), the_newer)
    yield Form(
        "reviewrequest.start_compiling",
        "admin",
        lambda: waits_for_an_optional_section(company),
        COMMENT | {"without": "on"},
    )
    yield Form("reviewrequest.request_approval", "admin", lambda: waits_for_an_approver(company), COMMENT)
    yield Form("reviewrequest.rework", "admin", at("changes_requested"), COMMENT | {"unchanged": "on"})
    yield Form(
        "reviewrequest.send_to_print", "admin", lambda: waits_approved(company, delivery="printed", copies=5), COMMENT
    )
    yield Form("reviewrequest.deliver_digital", "admin", lambda: waits_approved(company), COMMENT)


def later(company: Company) -> Iterator[Form]:
    def at(status: str) -> Callable[[], Any]:
        return lambda: review(company, status)

    meeting = {"met_on": localdate().isoformat(), "really": "on", "attendees": "Kim"}
    yield Form("reviewrequest.ship", "admin", at("printing"), {"carrier": "Post", "tracking": "T-1"})
    yield Form("reviewrequest.confirm_delivery", "rep", at("shipped"))
    yield Form("reviewrequest.hold_meeting", "rep", at("delivered"), meeting)
    yield Form("reviewrequest.close", "admin", at("met"), {"customer_feedback": "More of the same."})
    yield Form("reviewrequest.reopen", "manager", at("printing"), COMMENT)
    yield Form("reviewrequest.cancel", "rep", at("in_approval"), COMMENT)


def sections(company: Company) -> Iterator[Form]:
    def asked(*steps: str) -> Callable[[], Any]:
        def make() -> Any:
            section = review(company, "gathering").contributions.get(contributor=company.people["contributor"])
            for name in steps:
                section = take(section, name, company.people["contributor"], text="Fine.")
            return section

        return make

    text = {"text": "We shipped what we promised."}
    yield Form("informationrequest.submit", "contributor", asked(), text)
    yield Form("informationrequest.recall", "contributor", asked("submit"))
    yield Form("informationrequest.accept", "admin", asked("submit"))
    yield Form("informationrequest.reconsider", "admin", lambda: accepted(asked("submit")(), company))
    yield Form("informationrequest.send_back", "admin", asked("submit"), COMMENT)
    yield Form("informationrequest.waive", "admin", asked(), COMMENT)
    yield Form("informationrequest.ask_again", "admin", lambda: waived(asked()(), company))
    yield Form("document.render_again", "admin", lambda: failed(company))


def leaders(company: Company) -> Iterator[Form]:
    def asked() -> Any:
        return review(company, "in_approval").approvals.get()

    yield Form("approval.approve", "leader", asked, lambda approval: {"signs": approval.signs})
    yield Form("approval.ask_for_changes", "leader", asked, COMMENT)
    yield Form("approval.withdraw", "leader", lambda: review(company, "printing").approvals.get(), COMMENT)


def print_orders(company: Company) -> Iterator[Form]:
    def at(name: str = "", **given: Any) -> Callable[[], Any]:
        def make() -> Any:
            order = review(company, "printing").print_orders.get()
            return take(order, name, company.people["admin"], **given) if name else order

        return make

    parcel = {"carrier": "Post", "tracking": "T-1"}
    more = COMMENT | {"copies": 40, "paper": "silk", "binding": "wire", "ship_to": "Dock 5"}
    later = {"needed_by": (localdate() + timedelta(days=90)).isoformat()}
    yield Form("printorder.send", "admin", at())
    yield Form("printorder.printed", "admin", at())
    yield Form("printorder.ship", "admin", at(), parcel)
    yield Form("printorder.deliver", "rep", at("ship", **parcel))
    yield Form("printorder.fail", "admin", at(), COMMENT)
    yield Form("printorder.try_again", "admin", at("fail", **COMMENT))
    yield Form("printorder.change", "admin", at(), more | later)
    yield Form("printorder.recall", "admin", at(), COMMENT)


def follow_ups(company: Company) -> Iterator[Form]:
    owner = company.people["contributor"]

    def at(status: str) -> Callable[[], Any]:
        return lambda: a_follow_up(owner, status, request=review(company, "delivered"))

    day = {"due_on": (localdate() + timedelta(days=60)).isoformat()}
    yield Form("followup.start", "contributor", at("open"))
    yield Form(
        "followup.finish", "contributor", at("open"), {"outcome": "Walked.", "ended_on": localdate().isoformat()}
    )
    yield Form("followup.hand_over", "contributor", at("open"), COMMENT | day | {"owner": company.people["admin"].pk})
    yield Form("followup.drop", "contributor", at("in_progress"), COMMENT)
    yield Form("followup.reopen", "contributor", at("done"), COMMENT)


def said(company: Company) -> Iterator[Form]:
    rep = company.people["rep"]

    def rep_feedback() -> Any:
        return RepFeedback.objects.get(request=held(account=make_account(manager=rep)))

    def suggested() -> Any:
        request = held(account=make_account(manager=rep))
        return Suggestion.objects.get(feedback=speak(request, about="stage:gathering", words="A week more."))

    def given() -> Any:
        return speak(held(account=make_account(manager=rep)))

    words = {"about": "stage:compiling", "words": "Read it before the leaders do."}
    yield Form("repfeedback.give", "rep", rep_feedback, {"worked": "They had read it."} | words)
    yield Form("repfeedback.suggest", "rep", given, words)
    yield Form("suggestion.adopt", "manager", suggested, COMMENT | {"adopted_stage": "gathering"})
    yield Form("suggestion.decline", "manager", suggested, COMMENT)
    yield from stars(company)
    yield Form("customerfeedback.ask", "admin", lambda: CustomerFeedback.objects.get(request=held()))
    yield Form("customerfeedback.remind", "admin", asked)
    yield Form("customerfeedback.void", "admin", answered, COMMENT)


def accepted(section: Any, company: Company) -> Any:
    return take(section, "accept", company.people["admin"])


def waived(section: Any, company: Company) -> Any:
    return take(section, "waive", company.people["admin"], **COMMENT)


def failed(company: Company) -> Any:
    document = review(company, "compiling").latest_document()
    document.on_render_failed("The figures of the third quarter are missing.")
    return fresh(document)


def waits_for_an_optional_section(company: Company) -> Any:
    """Everything required is there; something optional is still out, so that somebody has to decide."""
    request = review(company, "gathering")
    first, second = request.contributions.order_by("pk")
    Section.objects.filter(pk=second.section_id).update(required=False)
    take(first, "submit", first.contributor, text="Fine.")
    take(first, "accept", company.people["admin"])
    return fresh(request)


def with_newer(company: Company, status: str) -> Any:
    """The template has gone on since the review was accepted."""
    request = review(company, status)
    a_newer()
    return fresh(request)


def the_newer(request: Any) -> dict[str, Any]:
    return {"to": fresh(request).newer_template.pk}


def waits_for_an_approver(company: Company) -> Any:
    """Nobody is above the representative; the office has just named somebody."""
    lonely = company.people["stranger"]
    request = make_request("compiling", account=make_account(manager=lonely))
    render(request.latest_document())
    return change(request, company, approver_designated=company.people["leader"])


def waits_approved(company: Company, **fields: Any) -> Any:
    """Approved while it had no address; now it has one."""
    request = review(company, "approved")
    if fields:
        return change(request, company, ship_to="1 Main Street", **fields)
    return change(request, company, recipient=request.account.contacts.get())


def change(request: Any, company: Company, **fields: Any) -> Any:
    request = fresh(request)
    return edit(request, seen=request.version, by=company.people["admin"], **fields)


def stars(company: Company) -> Iterator[Form]:
    def star(status: str = "nominated") -> Callable[[], Any]:
        return lambda: a_star(make_user("rep", reports_to=company.people["leader"]), status=status)

    yield Form("starperformer.confirm", "manager", star())
    yield Form("starperformer.decline", "manager", star(), COMMENT)
    yield Form("starperformer.end", "manager", star("confirmed"), COMMENT)
