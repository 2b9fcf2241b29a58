"""Every mail of a review: one plain subject, who asks, what for, by when, one button; and nobody can forge one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils.timezone import now

from acr_program.charter.models import Program
from acr_program.outbox.models import Message
from acr_program.outbox.post import post
from acr_program.people.models import User
from acr_program.workflow.clock import escalate, remind
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import seal
from tests.factories import make_absence, make_account, make_program, make_request, make_template, make_user, take

pytestmark = pytest.mark.django_db
LINK = re.compile(r"""(?:href|src)=["']([^"']*)["']""")


def the(kind: str) -> Message:
    """The first mail of this kind."""
    return Message.objects.filter(kind=kind).order_by("created_at")[0]


def foreign(links: list[str]) -> list[str]:
    """Links to neither the program nor its manager."""
    ours = (f"{settings.SITE_URL}/", f"mailto:{Program.objects.get().manager.email}")
    return [link for link in links if not link.startswith(ours)]


def is_whole(message: Message) -> None:
    """One line of subject, a greeting or a fact, a way on, and no half-filled template."""
    text, page = message.whole()

    assert message.subject
    assert "\n" not in message.subject
    for part in (message.subject, text, page):
        assert "{{" not in part
        assert "{%" not in part
        assert "None" not in part
    links = LINK.findall(page)
    assert foreign(links) == []
    assert page.count('class="act"') == 1
    assert any(link in text for link in links)


@pytest.mark.demand("R-14")
def test_a_contributor_is_asked():
    writer = make_user("contributor", name="Bea Sørlie")
    make_program()
    make_template(sections=1, contributors=(writer,))
    make_request("gathering", account=make_account(name="White Clover Markets"))

    message = the("contribution")

    assert message.person == writer
    assert message.subject.startswith("Please write “Part 2” for White Clover Markets by ")
    assert "asks you for the section “Part 2”" in message.text
    is_whole(message)


@pytest.mark.demand("R-13")
def test_the_rep_hears_that_the_request_is_accepted():
    request = make_request("gathering")

    message = the("accepted")

    assert message.person == request.rep
    assert "Content collected by" in message.text
    is_whole(message)


def test_a_section_that_comes_back_names_the_day_and_the_words():
    request = make_request("gathering", sections=1)
    section = request.contributions.get()
    admin = User.objects.holding("admin").first()
    section = take(section, "submit", section.contributor, text="Good.")

    take(section, "send_back", admin, comment="Say how good.")

    message = the_last("step", section.contributor)
    assert message.subject.startswith(f"{admin.name} sent a section back: {section}. Mend the section by ")
    assert f"{admin.name} sent a section back: {section}." in message.text
    assert "Say how good." in message.text
    assert "You are asked: Mend the section" in message.text
    is_whole(message)


def the_last(kind: str, person: User) -> Message:
    return Message.objects.filter(kind=kind, person=person).order_by("-created_at")[0]


def test_the_office_hears_of_a_request_and_what_it_owes():
    make_user("admin")

    request = make_request("submitted")

    message = the("step")
    assert message.subject.startswith(f"{request.rep.name} submitted the request: {request}. Accept the request or ")
    assert f"{request.rep.name} submitted the request: {request}." in message.text
    assert "You, or another program administrator, are asked: Accept the request or send it back, by " in message.text
    assert "Accept the request or send it back: http" in message.text  # the one button says what to do
    is_whole(message)


def test_who_asked_for_changes_is_told_to_the_rep_and_to_the_office():
    request = make_request("changes_requested")
    leader, admin = request.approvals.get().approver, User.objects.holding("admin").first()

    to_rep, to_office = the_last("step", request.rep), the_last("step", admin)

    said = f"{leader.name} asked for changes: {request}"
    assert to_rep.subject == said
    assert to_office.subject.startswith(f"{said}. Rework what the leader asked for by ")
    assert "The program office answers it, and the leaders are asked again." in to_rep.text
    assert "Nothing is asked of you. It is with Program administrator now: " in to_rep.text
    assert "You, or another program administrator, are asked: Rework what the leader asked for" in to_office.text
    is_whole(to_rep)
    is_whole(to_office)


def test_what_the_clock_did_is_said_as_what_is_so():
    request = make_request("approved")

    message = the_last("step", request.rep)

    assert message.subject == f"All leaders have approved: {request}"
    assert "The document is sealed and goes out the way it was asked for." in message.text
    assert "Nothing is asked of you; you are told so that you know." in message.text
    assert "clock" not in message.text
    is_whole(message)


def test_a_leader_is_asked_to_approve():
    request = make_request("in_approval")
    approver = request.approvals.get().approver

    message = the("approval")

    assert message.person == approver
    assert message.subject.startswith("Please approve by ")
    assert "Opening it decides nothing" in message.text
    is_whole(message)


def test_the_stand_in_is_asked_as_well_and_told_for_whom():
    leader, stand_in = make_user("leader"), make_user("leader")
    make_absence(leader, stand_in)
    account = make_account(manager=make_user("rep", reports_to=leader))

    make_request("in_approval", account=account)

    message = the_last("approval", stand_in)
    assert f"You are asked in the place of {leader.name}, who is away." in message.text
    assert "in the place of" not in the_last("approval", leader).text
    is_whole(message)


def test_the_customer_gets_a_link_that_no_stored_mail_holds():
    make_request("delivered")

    message = the("delivery")

    assert message.address == "kim@customer.example"
    assert "/reviews/delivered/" not in message.text + message.html
    assert f"{settings.SITE_URL}/reviews/delivered/" in message.whole()[0]
    is_whole(message)


def test_the_office_is_asked_to_print_the_sealed_file_and_no_other():
    request = make_request("printing")
    row = request.latest_document().manifest.rows()[0]

    message = the("print")

    assert f"sha-256 {row.file.sha256}" in message.text
    assert "1 Main Street" in message.text
    is_whole(message)


def test_the_office_hears_why_a_document_failed():
    request = make_request("compiling")
    document = request.latest_document()

    document.on_render_failed("The letter names a token that is not known: customer.nmae.")

    message = the("failed")
    assert "customer.\u200bnmae" in message.text
    assert "try again" in message.text
    is_whole(message)


def test_a_reminder_and_an_escalation_name_who_what_and_when():
    request = make_request("in_approval")
    approver = request.approvals.get().approver
    approver.reports_to = make_user("leader")
    approver.save()
    Obligation.objects.filter(person=approver).update(remind_at=now(), escalate_at=now())

    remind(now())
    escalate(now())

    reminder, escalation = the_last("reminder", approver), the_last("escalation", approver.reports_to)
    assert reminder.subject.startswith("Reminder: Approve the document or ask for changes by ")
    assert escalation.subject.startswith(f"Still open, with {approver.name}: ")
    assert f"{request.rep.name} waits for it." in reminder.text
    is_whole(reminder)
    is_whole(escalation)


def test_the_seal_goes_out_whole():
    make_request("draft")
    with time_machine.travel(now() + timedelta(hours=1)):
        made = seal()

    post(made, key="seal", to=[make_user()], template="seal", context={"seal": made})

    assert made.hash in the("seal").text
    is_whole(the("seal"))


FORGED = [
    "Eve\r\nBcc: all@evil.example",
    "Eve https://evil.example/pay now",
    "Eve <a href='https://evil.example'>press</a>",
    "www.evil.example",
    "\u202eelpmaxe.live",
    "[press](http://evil.example)",
    "{{ person.password }}",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", FORGED)
def test_names_forge_no_header_and_no_link(name):
    rep = make_user("rep", name=name, reports_to=make_user("leader", name=name))
    account = make_account(name=name, manager=rep)
    writer = make_user("contributor", name=name)
    make_program()
    make_template(sections=1, contributors=(writer,))

    make_request("delivered", account=account)

    assert Message.objects.count() > 4
    for message in Message.objects.all():
        text, page = message.whole()
        assert "\n" not in message.subject
        assert foreign(LINK.findall(page)) == []
        for part in (message.subject, text, page):
            assert "evil.example" not in part
            assert "://evil" not in part
            assert "\u202e" not in part
