"""The pages on which contributors write, leaders decide, files are opened and customers read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from acr_program.charter.models import ProgramYear
from acr_program.desk.models import Draft
from acr_program.files import disk
from acr_program.files.models import Manifest
from acr_program.files.store import store
from acr_program.links.models import Link
from acr_program.outbox.models import Message
from acr_program.people.models import User
from acr_program.render.models import canonical
from acr_program.workflow.log import LogEntry
from reviews.models import Approval, Document, InformationRequest, ReviewRequest
from tests.factories import (
    fresh,
    make_absence,
    make_account,
    make_request,
    make_template,
    make_user,
    make_year,
    office,
    take,
)

pytestmark = pytest.mark.django_db
LIST, RECORD = 8, 15


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def queries_of(client: Client, url: str) -> int:
    """The queries of one page, without what SQLite is told about reading only."""
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len([q for q in seen.captured_queries if "PRAGMA" not in q["sql"]])


def page_of(person: User, thing: Any) -> str:
    return signed_in(person).get(thing.get_absolute_url()).content.decode()


def a_section(**fields: Any) -> InformationRequest:
    """One section that waits for its contributor."""
    if fields:
        template = make_template(sections=1)
        template.sections.filter(kind="input").update(**fields)
    return make_request("gathering", sections=1).contributions.for_page().get()


def rendered(request: ReviewRequest) -> Document:
    """The latest document with its real inputs kept, and a file in place of the pages."""
    document = fresh(request).latest_document()
    inputs = store(canonical(document.render_inputs()), "application/json")
    file = store(b"%%PDF-1.7 version %d of %d" % (document.number, request.pk), "application/pdf")
    document.on_rendered(Manifest.seal([("screen.pdf", file, 12)], inputs=inputs.sha256), 12)
    return fresh(document)


def to_approval(text: str = "We shipped what we promised.", **fields: Any) -> Approval:
    """A review whose document, with its inputs on file, waits for its first leader."""
    request = make_request("gathering", sections=1, **fields)
    answer(request, text)
    rendered(request)
    return Approval.objects.for_page().filter(request=request).order_by("-document__number", "place").first()


def year_2019() -> ProgramYear:
    return make_year(label="2019", begins_on=date(2019, 1, 1), ends_on=date(2019, 12, 31))


def answer(request: ReviewRequest, text: str) -> None:
    section = request.contributions.get()
    take(section, "submit", section.contributor, text=text)
    take(section, "accept", office("admin"))


# Contributors


def test_my_sections_show_what_waits_first_and_what_was_answered_below():
    section = a_section()
    writer = section.contributor
    done = make_request("gathering").contributions.get()
    InformationRequest.objects.filter(pk=done.pk).update(contributor=writer)
    take(done, "submit", writer, text="Done.")

    page = signed_in(writer).get(reverse("reviews:contributions"))

    assert [row.url for row in page.context["waiting"]] == [section.get_absolute_url()]
    assert page.context["answered"].objects == [done]


def test_nothing_waits_is_said_kindly():
    page = signed_in(make_user("contributor")).get(reverse("reviews:contributions")).content.decode()

    assert "No section waits for you" in page


def test_the_editor_has_the_guidance_and_counts_words():
    section = a_section(guidance="Name what went wrong as well.", max_words=40)

    page = page_of(section.contributor, section)

    assert "Name what went wrong as well." in page
    assert 'data-words="40"' in page
    assert f'action="{section.get_absolute_url()}steps/submit/"' in page
    assert 'name="seen"' in page
    assert 'name="key"' in page


def test_what_is_typed_is_kept_for_its_author_alone_and_comes_back():
    section = a_section()
    client = signed_in(section.contributor)

    kept = client.post(
        f"{section.get_absolute_url()}draft/", {"text": "- one\n- two", "note": ""}, headers={"HX-Request": "true"}
    )

    assert "<ul><li>one</li><li>two</li></ul>" in kept.content.decode()
    assert "Your draft is here as you left it" in client.get(section.get_absolute_url()).content.decode()
    assert "- one" not in page_of(office("admin"), section)
    assert fresh(section).text == ""


def test_a_draft_without_scripts_is_kept_and_ends_with_the_section():
    section = a_section()
    client = signed_in(section.contributor)

    back = client.post(f"{section.get_absolute_url()}draft/", {"text": "Half a sentence"})
    take(section, "submit", section.contributor, text="A whole sentence.")

    assert back.url == section.get_absolute_url()
    assert Draft.objects.count() == 0


def test_nobody_keeps_a_draft_of_what_is_not_asked_of_them():
    section = a_section()

    refused = signed_in(office("admin")).post(f"{section.get_absolute_url()}draft/", {"text": "Mine"})

    assert refused.status_code == 403
    assert Draft.objects.count() == 0


def test_submitting_from_the_page_takes_the_step():
    section = a_section()
    client = signed_in(section.contributor)
    page = client.get(section.get_absolute_url()).content.decode()
    hidden = dict(re.findall(r'name="(seen|key)" value="([^"]*)"', page))

    client.post(f"{section.get_absolute_url()}steps/submit/", {"text": "We were late twice.", **hidden})

    assert (fresh(section).status, fresh(section).text) == ("submitted", "We were late twice.")


def test_a_text_that_is_too_long_comes_back_with_its_words():
    section = a_section(max_words=3)

    refused = signed_in(section.contributor).post(
        f"{section.get_absolute_url()}steps/submit/",
        {"text": "one two three four", "seen": section.version, "key": "k"},
    )

    assert refused.status_code == 400
    assert "one two three four" in refused.content.decode()


def test_what_was_sent_back_says_why_on_top():
    section = a_section()
    take(section, "submit", section.contributor, text="Good.")
    take(section, "send_back", office("admin"), comment="Say how good.")

    page = page_of(section.contributor, section)

    assert "Say how good." in page
    assert page.index("Say how good.") < page.index("<textarea")
    assert "Mend what you wrote" in page


def test_last_years_answer_stands_beside_the_editor():
    account = make_account()
    past = year_2019()
    earlier = make_request("gathering", sections=1, account=account, year=past)
    answer(earlier, "In 2019 nothing was late.")
    section = make_request("gathering", account=account, year=make_year()).contributions.get()

    page = page_of(section.contributor, section)

    assert "In 2019 nothing was late." in page


def test_the_office_reads_it_as_the_customer_will():
    section = a_section()
    take(section, "submit", section.contributor, text="# Late\n\n<b>Twice</b>", note="Ask Kim.")

    page = page_of(office("admin"), section)

    assert "<h3>Late</h3><p>&lt;b&gt;Twice&lt;/b&gt;</p>" in page
    assert "Ask Kim." in page
    assert "Accept the section" in page


# Leaders


@pytest.mark.demand("R-23")
def test_my_approvals_show_the_stand_in_whom_they_decide_for():
    approval = to_approval()
    stand_in = make_user("leader")
    make_absence(approval.approver, stand_in, to_on=localdate() + timedelta(days=3))

    page = signed_in(stand_in).get(reverse("reviews:approvals"))
    record = page_of(stand_in, approval)

    row = page.context["waiting"][0]
    assert (row.url, row.title) == (approval.get_absolute_url(), str(approval.request))
    assert row.note.startswith(f"for {approval.approver.name} · version 1 · ")
    assert f"you decide for <b>{approval.approver.name}</b>, away until" in record


@pytest.mark.demand("R-17")
def test_the_page_asks_the_question_and_signs_what_it_shows():
    approval = to_approval()

    page = page_of(approval.approver, approval)

    assert "May this go to the customer?" in page
    assert f'name="signs" value="{approval.document.manifest.digest}"' in page
    assert "We shipped what we promised." in page
    assert "there is nothing to compare it with" in page


@pytest.mark.demand("R-17")
def test_approving_from_the_page_takes_the_step():
    approval = to_approval()
    client = signed_in(approval.approver)
    page = client.get(approval.get_absolute_url()).content.decode()
    hidden = dict(re.findall(r'name="(seen|key|signs)" value="([^"]*)"', page))

    client.post(f"{approval.get_absolute_url()}steps/approve/", {"comment": "", **hidden})

    assert fresh(approval).status == "approved"
    assert "approved" in page_of(approval.approver, approval).lower()


def test_changes_need_a_word():
    approval = to_approval()

    refused = signed_in(approval.approver).post(
        f"{approval.get_absolute_url()}steps/ask_for_changes/", {"comment": "", "seen": approval.version, "key": "k"}
    )

    assert refused.status_code == 400
    assert fresh(approval).status == "pending"


def test_the_second_version_shows_what_changed_word_by_word():
    first = to_approval("Orders on time: 97 of 100 this year.")
    take(first, "ask_for_changes", first.approver, comment="Count again.")
    request = fresh(first.request)
    take(request, "rework", office("admin"), sections=request.contributions.all(), comment="Count again.")
    answer(request, "Orders on time: 96 of 100 this year.")
    rendered(request)
    second = Approval.objects.filter(request=request).order_by("-document__number").first()

    page = page_of(second.approver, second)

    assert "<del>97</del> <ins>96</ins>" in page
    assert "Text changed" in page


def test_last_years_review_is_compared_where_it_was_sealed():
    account = make_account()
    past = year_2019()
    before = to_approval("The harbour was closed.", account=account, year=past)
    take(before, "approve", before.approver, signs=before.signs)
    now_asked = to_approval("The harbour was open.", account=account, year=make_year())

    page = signed_in(now_asked.approver).get(now_asked.get_absolute_url(), {"against": "year"}).content.decode()

    assert "<del>closed.</del> <ins>open.</ins>" in page


def test_the_second_leader_waits_for_the_first():
    account = make_account()
    second = make_user("leader")
    account.designated_leaders.add(second)
    first = to_approval(account=account)
    later = Approval.objects.get(document=first.document, place=2)

    page = page_of(second, later)

    assert "Another leader decides first." in page
    assert "May this go to the customer?" not in page


def test_a_reader_is_not_asked():
    approval = to_approval()

    page = page_of(approval.request.rep, approval)

    assert "May this go to the customer?" not in page
    assert f"{approval.approver.name} is asked to decide." in page


def test_inputs_that_were_touched_are_said_and_not_shown():
    approval = to_approval()
    disk.path_of(approval.document.manifest.inputs_sha256).write_bytes(b"{}")

    page = page_of(approval.approver, approval)

    assert "no longer what was stored" in page
    assert "We shipped what we promised." not in page


# Documents


def file_url(document: Document, name: str = "screen.pdf") -> str:
    return reverse("reviews:download", args=[document.pk, name])


def test_a_document_that_is_ready_opens_for_office_and_approver_alone():
    approval = to_approval()
    url = file_url(approval.document)

    opened = {who: signed_in(person).get(url).status_code for who, person in people_of(approval).items()}

    assert opened == {"approver": 200, "admin": 200, "rep": 403, "auditor": 403, "stranger": 404}


def people_of(approval: Approval) -> dict[str, User]:
    return {
        "approver": approval.approver,
        "admin": office("admin"),
        "rep": approval.request.rep,
        "auditor": make_user("auditor"),
        "stranger": make_user("rep"),
    }


@pytest.mark.demand("R-22")
def test_a_sealed_document_opens_for_its_readers_with_the_sealed_bytes():
    approval = to_approval()
    take(approval, "approve", approval.approver, signs=approval.signs)

    answer_ = signed_in(approval.request.rep).get(file_url(approval.document))

    assert answer_.content == approval.document.manifest.file("screen.pdf").read()
    assert answer_["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer_["Content-Security-Policy"]


def test_what_is_void_or_not_there_answers_with_a_sentence():
    request = make_request("compiling")
    pending = request.latest_document()
    admin = signed_in(office("admin"))

    waits = admin.get(file_url(pending))
    take(request, "cancel", request.rep, comment="No meeting.")
    void = admin.get(file_url(pending))

    assert (waits.status_code, void.status_code) == (404, 404)
    assert "still being rendered" in waits.content.decode()
    assert "This version is void" in void.content.decode()


def test_corrupt_bytes_are_not_handed_out():
    approval = to_approval()
    row = approval.document.manifest.file("screen.pdf")
    disk.path_of(row.file.sha256).write_bytes(b"%PDF-1.7 something else")

    refused = signed_in(approval.approver).get(file_url(approval.document))

    assert refused.status_code == 409
    assert b"something else" not in refused.content
    assert "is no longer what was stored" in refused.content.decode()


def test_the_page_of_a_version_names_its_files_and_what_went_wrong():
    approval = to_approval()
    failed = make_request("compiling").latest_document()
    failed.on_render_failed("The letter is longer than a page.")

    ready = page_of(approval.approver, approval.document)
    broken = page_of(office("admin"), failed)

    assert approval.document.manifest.file("screen.pdf").file.sha256 in ready
    assert "The letter is longer than a page." in broken
    assert "Render again" in broken


# Customers


def delivered() -> tuple[str, Document]:
    """The address from the customer's mail, and the document behind it."""
    approval = to_approval()
    take(approval, "approve", approval.approver, signs=approval.signs)
    address = Message.objects.get(kind="delivery").private["url"]
    return "/reviews/" + address.split("/reviews/")[1], fresh(approval.document)


def test_the_customers_page_says_for_whom_it_is_and_changes_nothing():
    url, document = delivered()
    before = (LogEntry.objects.count(), list(Link.objects.values()))

    for _ in range(3):
        page = Client().get(url)
    file = Client().get(f"{url}file/")

    assert page.status_code == 200
    assert "For Kim Kunde" in page.content.decode()
    assert file.content == document.manifest.file("screen.pdf").read()
    assert (LogEntry.objects.count(), list(Link.objects.values())) == before
    for answer_ in (page, file):
        assert answer_["Cache-Control"] == "no-store"
        assert answer_["Referrer-Policy"] == "no-referrer"
    assert Client().post(url).status_code == 405


def test_links_that_open_nothing_say_whom_to_ask():
    url, document = delivered()
    manager = document.request.program.manager

    unknown = Client().get(reverse("reviews:delivered", args=["x" * 43]))
    Link.objects.update(expires_at=now())
    expired = Client().get(url)
    Link.objects.update(expires_at=now() + timedelta(days=1), revoked_at=now())
    revoked = Client().get(f"{url}file/")

    assert [a.status_code for a in (unknown, expired, revoked)] == [404, 410, 410]
    assert ["has expired" in expired.content.decode(), "withdrawn" in revoked.content.decode()] == [True, True]
    for refused in (unknown, expired, revoked):
        assert manager.email in refused.content.decode()


def test_a_reopened_review_withdraws_the_customers_link():
    url, document = delivered()
    Document.objects.filter(pk=document.pk).update(status="void")

    assert Client().get(url).status_code == 410


def test_a_corrupt_file_reaches_no_customer():
    url, document = delivered()
    disk.path_of(document.manifest.file("screen.pdf").file.sha256).write_bytes(b"%PDF-1.7 other")

    refused = Client().get(f"{url}file/")

    assert refused.status_code == 409
    assert b"%PDF" not in refused.content


# How much they ask of the database


def test_lists_cost_the_same_for_one_row_and_for_many():
    approval = to_approval()
    section = approval.request.contributions.get()
    writer, leader = section.contributor, approval.approver
    clients = signed_in(writer), signed_in(leader)
    urls = reverse("reviews:contributions"), reverse("reviews:approvals")

    few = [queries_of(client, url) for client, url in zip(clients, urls, strict=True)]
    for _ in range(3):
        to_approval()
    InformationRequest.objects.update(contributor=writer)
    Approval.objects.update(approver=leader)
    many = [queries_of(client, url) for client, url in zip(clients, urls, strict=True)]

    assert few == many
    assert max(many) <= LIST


def test_records_stay_under_their_limit():
    asked = a_section()
    approval = to_approval()
    document = approval.document
    counts = {
        "section": queries_of(signed_in(asked.contributor), asked.get_absolute_url()),
        "section, office": queries_of(signed_in(office("admin")), asked.get_absolute_url()),
        "approval": queries_of(signed_in(approval.approver), approval.get_absolute_url()),
        "document": queries_of(signed_in(approval.approver), document.get_absolute_url()),
    }

    assert {name: count for name, count in counts.items() if count > RECORD} == {}
