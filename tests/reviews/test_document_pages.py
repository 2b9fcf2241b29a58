"""The pages of documents, the customer's page by link, and what all these pages cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from acr_program.files import disk
from acr_program.links.models import Link
from acr_program.outbox.models import Message
from acr_program.people.models import User
from acr_program.workflow.log import LogEntry
from reviews.models import Approval, Document, InformationRequest
from tests.factories import (
    fresh,
    make_request,
    make_user,
    office,
    take,
)
from tests.reviews.work import (
    LIST,
    RECORD,
    a_section,
    page_of,
    queries_of,
    signed_in,
    to_approval,
)

pytestmark = pytest.mark.django_db


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
        assert answer_["Referrer-Policy"] == "same-origin"  # its form would come as from nowhere else
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


def test_the_name_above_a_customers_page_leads_nowhere(client):
    """A customer has no account: the first page would ask to sign in."""
    make_request("delivered")
    text = Message.objects.get(kind="delivery").whole()[0]
    path = next(word for word in text.split() if "/delivered/" in word).removeprefix(settings.SITE_URL)

    for address in (path, "/reviews/delivered/nobody-knows-this/"):
        page = client.get(address).content.decode()
        assert '<p class="nav__brand">' in page
        assert 'href="/"' not in page
