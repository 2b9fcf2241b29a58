"""Attachments: who may put a file beside a record, how it is handed out, what stays of one that was taken away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from acr_program.desk.beside import attaching
from acr_program.desk.models import Attachment
from acr_program.files import disk
from acr_program.files.models import StoredFile
from tests.factories import make_account, make_request
from tests.files.hostile import BAD, pdf, png

from .asking import text


@pytest.fixture
def account(people):
    return make_account(name="Seaside", manager=people["rep"])


@pytest.fixture
def attach(as_person, account):
    """Attach something to the account, or to another record."""

    def send(person, name="Plan.pdf", data=None, about=account):
        file = SimpleUploadedFile(name, pdf() if data is None else data, "text/html")
        return as_person(person).post(f"{about.get_absolute_url()}attachments/", {"file": file})

    return send


def test_a_file_stands_on_the_page_and_is_handed_out_as_a_download_that_can_do_nothing(
    people, as_person, account, attach
):
    assert attach(people["rep"], "Plan 2027.pdf").headers["Location"].endswith("#attachments")

    client = as_person(people["leader"])
    assert "Plan 2027.pdf PDF" in text(client.get(account.get_absolute_url()))
    answer = client.get(reverse("desk:attachment", args=[Attachment.objects.get().pk]))
    assert answer.content == pdf()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Plan 2027.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.demand("P29")
@pytest.mark.parametrize(
    "name", ["drawing.svg", "page.html", "setup.exe", "macro.docx", "wrong ending.pdf", "flood.png", "bomb.docx"]
)
def test_what_is_not_on_the_list_is_refused_and_nothing_is_kept(people, attach, name):
    answer = attach(people["rep"], name, BAD[name])

    assert answer.status_code == 400
    assert (
        "not taken" in text(answer)
        or "too large" in text(answer)
        or "far more" in text(answer)
        or "Name it" in text(answer)
        or "Save it without" in text(answer)
    )
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()


def test_more_than_ten_megabytes_and_nothing_at_all_are_refused(people, attach, as_person, account):
    assert "larger than 10 MB" in text(attach(people["rep"], "a.txt", b"a" * ((10 << 20) + 1)))
    assert "larger than 10 MB" in text(attach(people["rep"], "a.txt", b"a" * (21 << 20)))
    assert "The file is empty." in text(attach(people["rep"], "a.txt", b""))
    nothing = as_person(people["rep"]).post(f"{account.get_absolute_url()}attachments/", {})
    assert "Choose a file first." in text(nothing)


def test_a_record_has_a_quota(people, attach, monkeypatch):
    monkeypatch.setattr(attaching, "FILES", 2)
    for name in ("a.pdf", "b.pdf"):
        attach(people["rep"], name)
    assert "Thirty files lie here already." in text(attach(people["rep"], "c.pdf"))

    monkeypatch.setattr(attaching, "FILES", 30)
    monkeypatch.setattr(attaching, "BYTES", 2 * len(pdf()) + 5)
    assert "may have 100 MB together" in text(attach(people["rep"], "c.pdf"))
    assert Attachment.objects.count() == 2


def test_taken_away_it_is_handed_out_no_more_and_says_by_whom(people, as_person, account, attach):
    attach(people["rep"])
    attachment = Attachment.objects.get()
    away, url = (reverse(f"desk:{name}", args=[attachment.pk]) for name in ("attachment-remove", "attachment"))

    refused = as_person(people["leader"]).post(away)
    assert refused.status_code == 403
    assert "Only Rita Rep or the program office may take this file away." in text(refused)
    assert as_person(people["admin"]).post(away).status_code == 302

    page = text(as_person(people["rep"]).get(account.get_absolute_url()))
    assert "Plan.pdf taken away by Ada Admin" in page
    assert as_person(people["rep"]).get(url).status_code == 404
    assert as_person(people["admin"]).post(away).status_code == 403, "once"


def test_strangers_neither_attach_nor_open(people, as_person, attach):
    attach(people["rep"])
    url = reverse("desk:attachment", args=[Attachment.objects.get().pk])

    assert attach(people["stranger"]).status_code == 404
    assert as_person(people["stranger"]).get(url).status_code == 404
    assert as_person(people["contributor"]).get(url).status_code == 404


def test_the_contributor_opens_what_lies_beside_their_section_alone(people, as_person, attach):
    review = make_request("gathering", account=make_account(manager=people["rep"]))
    section = review.contributions.first()
    attach(people["rep"], about=section)
    attach(people["rep"], about=review)
    beside, above = Attachment.objects.order_by("pk")
    client = as_person(section.contributor)

    assert client.get(reverse("desk:attachment", args=[beside.pk])).status_code == 200
    assert client.get(reverse("desk:attachment", args=[above.pk])).status_code == 404


def test_bytes_that_changed_in_the_store_are_not_handed_out(people, as_person, attach):
    attach(people["rep"], "p.png", png())
    attachment = Attachment.objects.get()
    path = disk.path_of(attachment.file.sha256)
    path.chmod(0o600)
    path.write_bytes(b"other")

    answer = as_person(people["rep"]).get(reverse("desk:attachment", args=[attachment.pk]))

    assert answer.status_code == 409
    assert "is no longer what was stored" in text(answer)
