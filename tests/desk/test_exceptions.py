"""The list of exceptions: every kind together, each row with what to do, in a bounded number of queries (R-20)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from acr_program.desk.overriding import by_hand
from acr_program.desk.watches import listed
from acr_program.jobs.models import State
from acr_program.outbox.models import Message
from acr_program.people.roles import the_clock, the_customer
from acr_program.workflow.docs import machines
from acr_program.workflow.obligations import Obligation
from reviews.actions.deviating import propose
from reviews.actions.slipping import raise_slips
from reviews.models import Section
from tests.factories import make_account, make_request, make_template, make_user, office, take, try_out
from tests.reviews.library import let_go_stale
from tests.reviews.work import queries_of, signed_in

pytestmark = pytest.mark.django_db


def an_office_where_everything_went_wrong():
    """One row of every kind: slipped, returned, a section returned, a deviation, a failed rendering, a failed mail, stale text."""
    template = make_template(sections=1, status="draft")
    standard = Section.objects.create(
        template=template, place=9, key="std", title="Ordering", kind="standard", body="Call us."
    )
    try_out(template)
    take(template, "publish", office("manager"))
    make_request("returned", account=make_account(name="Returned Ltd"))
    late = make_request("gathering", account=make_account(name="Slipped Ltd"))
    section = late.contributions.get()
    take(section, "submit", section.contributor, text="Too short.")
    take(section, "send_back", office("admin"), comment="More.")
    propose(late, standard, by=office("admin"), text="Write to us.", reason="They have no telephone.")
    broken = make_request("compiling", account=make_account(name="Broken Ltd"))
    broken.latest_document().on_render_failed("The font is missing.")
    make_request("approved", account=make_account(name="Stuck Ltd"))
    failed = Message.objects.order_by("created_at").first()
    Message.objects.filter(pk=failed.pk).update(state=State.FAILED, error="552 full")
    Obligation.objects.filter(pk=Obligation.objects.open().first().pk).update(due_at=now() - timedelta(days=3))
    type(late).objects.filter(pk=late.pk).update(meeting_on=localdate() + timedelta(days=5))
    raise_slips(now())
    let_go_stale("std")
    return late


KINDS = {
    "late", "mail", "slipped", "returned", "returned-sections", "deviations", "documents", "held-back", "stale",
}  # fmt: skip


@pytest.mark.demand("R-20")
def test_every_kind_stands_in_one_list_with_what_to_do():
    an_office_where_everything_went_wrong()
    admin = office("admin")

    rows = listed(admin)

    assert {kind for kind in KINDS if listed(admin, kind)} == KINDS
    assert all(row.act and row.url for row in rows)
    for row in rows:
        assert signed_in(admin).get(row.url).status_code == 200, row


@pytest.mark.demand("R-20")
def test_the_list_is_narrowed_by_kind_and_by_words():
    an_office_where_everything_went_wrong()
    client = signed_in(office("admin"))

    slipped = client.get("/exceptions/?kind=slipped").context["listed"]
    named = client.get("/exceptions/?q=broken").context["listed"]

    assert {row.title.partition(",")[0] for row in slipped} == {"Slipped Ltd"}
    assert [row.note for row in named if row.note] == ["The font is missing."]
    assert client.get("/exceptions/?kind=nonsense").status_code == 200


def test_the_list_costs_at_most_eight_queries_whatever_went_wrong():
    make_request("draft")
    calm = queries_of(signed_in(office("admin")), "/exceptions/")
    an_office_where_everything_went_wrong()

    assert queries_of(signed_in(office("admin")), "/exceptions/") == calm
    assert calm <= 8


def test_an_auditor_reads_no_mail_there():
    an_office_where_everything_went_wrong()
    auditor = make_user("auditor")

    assert listed(auditor, "mail") == []
    assert "552 full" not in signed_in(auditor).get("/exceptions/?kind=mail").content.decode()


FOLLOWS = {
    "reviewrequest.ask_for_changes": "follows from an approver's word, which a person says",
    "reviewrequest.approve_all": "follows from the last approval, which a person gives",
    "informationrequest.withdraw": "follows from a person's cancelling or going on without",
    "document.rendered": "what the rendering says of itself",
    "document.failed": "what the rendering says of itself",
    "document.seal": "follows from the last approval",
    "document.void": "follows from what replaces it",
    "approval.lapse": "follows from another's word",
}

OF_REVIEWS = ("reviewrequest", "informationrequest", "document", "approval", "deviation")


@pytest.mark.demand("R-20")
def test_whatever_the_clock_takes_a_person_can_take_too():
    """Every automatic step has its manual override; the few that only follow from a person's act are named with why."""
    alone = {
        machine.step_name(step.name)
        for machine in machines()
        for step in machine.declared_steps().values()
        if the_clock in step.by and all(role in (the_clock, the_customer) for role in step.by)
    }

    assert {name for name in alone if name.partition(".")[0] in OF_REVIEWS} == set(FOLLOWS)


@pytest.mark.demand("R-20")
def test_the_page_says_how_each_automatic_task_is_done_by_hand(client: Client):
    page = signed_in(office("manager")).get("/exceptions/").content.decode()

    rows = by_hand()

    assert len(rows) >= 8
    assert all(str(row.by_hand) and str(row.who) for row in rows)
    for task in (  # the five that the program takes from the office, R-21 to R-25
        "Requests are created", "Compiling begins with the last section", "Approval is asked for", "The order for print goes out",
        "A review is closed",
    ):  # fmt: skip
        assert task in page
    assert "(R-" not in page  # a demand's number says nothing to whoever works here
    assert "“Start compiling”" in page
