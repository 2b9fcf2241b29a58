"""Every step that people take by a form: who takes it, what they type, and an object that stands where it is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from acr_program.charter.models import Program
from acr_program.workflow.docs import machines
from acr_program.workflow.edit import edit
from reviews.models import Section
from tests.factories import fresh, make_account, make_request, make_template, make_year, render, take

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
    system = ("the_clock", "the_customer")
    return {
        machine.step_name(step.name)
        for machine in machines()
        for step in machine.declared_steps().values()
        if any(role.__name__ not in system for role in step.by)
    }


def forms(company: Company) -> Iterator[Form]:
    """One for each, in an order in which the program and its year are where they have to be."""
    yield Form("program.start_pilot", "manager", Program.objects.get)
    yield Form("program.roll_out", "manager", Program.objects.get, COMMENT)
    year = make_year("drafting", label="2050")
    yield Form("programyear.announce", "manager", lambda: year)
    yield Form("programyear.start", "manager", lambda: year)
    yield Form("programyear.close", "manager", lambda: year, COMMENT)
    yield Form("templateversion.publish", "manager", lambda: make_template("operational", status="draft"))
    yield Form("templateversion.retire", "manager", lambda: make_template("operational"))
    yield from accounts(company)
    yield from requests(company)
    yield from later(company)
    yield from sections(company)
    yield from leaders(company)


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
    yield Form("reviewrequest.start_compiling", "admin", lambda: waits_for_an_optional_section(company))
    yield Form("reviewrequest.request_approval", "admin", lambda: waits_for_an_approver(company))
    yield Form("reviewrequest.rework", "admin", at("changes_requested"), COMMENT | {"unchanged": "on"})
    yield Form("reviewrequest.send_to_print", "admin", lambda: waits_approved(company, delivery="printed", copies=5))
    yield Form("reviewrequest.deliver_digital", "admin", lambda: waits_approved(company))


def later(company: Company) -> Iterator[Form]:
    def at(status: str) -> Callable[[], Any]:
        return lambda: review(company, status)

    meeting = {"met_on": localdate().isoformat(), "really": "on", "attendees": "Kim", "rep_feedback": "Friendly."}
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
