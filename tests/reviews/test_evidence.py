"""The evidence pack of one account and year: checked by the real command, opened offline, the same for the same state (M24)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from acr_program.exports.models import Export
from acr_program.files import disk
from acr_program.jobs.models import State
from acr_program.jobs.work import drain
from acr_program.workflow.edit import edit
from reviews.actions.noting import write_note
from reviews.actions.print_events import Word
from reviews.actions.print_events import take as take_word
from reviews.models import CustomerFeedback, ReviewRequest
from tests.exports.reading import body
from tests.factories import fresh, make_absence, make_account, make_request, make_user, make_year, take
from tests.reviews.feedback import answer, speak
from tests.reviews.meetings import planned
from tests.reviews.work import signed_in, to_approval
from tests.walk import walk

pytestmark = [pytest.mark.django_db, pytest.mark.demand("M24"), pytest.mark.process]
NOTE = "Their buyer leaves in March."


@pytest.fixture
def met(people):
    """A review that a stand-in approved, met and closed, with a note for the office in one of its sections."""
    account = make_account(name="Müller & Söhne: “Nord”", manager=people["rep"])
    approval = to_approval(account=account, rep=people["rep"])
    stand_in = make_user("leader", name="Stella Stand-in")
    make_absence(approval.approver, stand_in)
    take(approval, "approve", fresh(stand_in), signs=approval.signs)
    section = approval.request.contributions.first()
    edit(section, seen=section.version, by=people["admin"], note=NOTE)
    return walk(approval.request, "closed")


def pack_for(person, review: ReviewRequest, folder: Path) -> Path:
    """Asked for on the page, written by the worker, fetched from “My messages”, unpacked."""
    client = signed_in(person)
    asked = client.post(reverse("reviews:evidence", args=[review.account_id, review.year_id]))
    assert asked.status_code == 302, asked.content.decode()
    drain(["exports.Export"])
    export = Export.objects.latest("created_at")
    assert export.state == State.DONE, export.error
    zipped = folder / f"{person.pk}.zip"
    zipped.write_bytes(body(client.get(reverse("exports:file", args=[export.pk]))))
    with ZipFile(zipped) as opened:
        opened.extractall(folder / str(person.pk))
    return folder / str(person.pk)


def run(*command: str | Path, within: Path) -> tuple[int, str]:
    done = subprocess.run(list(map(str, command)), cwd=within, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        assert tag not in ("script", "img", "iframe", "form")
        self.found += [told[name] for name in ("href", "src") if told.get(name)]
        self.ids |= {told["id"]} if "id" in told else set()


def test_a_pack_passes_sha256sum_and_every_link_in_it_leads_somewhere(met, people, tmp_path):
    folder = pack_for(people["auditor"], met, tmp_path)
    page = Links((folder / "index.html").read_text())

    code, said = run(shutil.which("sha256sum") or "sha256sum", "-c", "SHA256SUMS", within=folder)

    assert code == 0, said
    listed = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert listed == there - {"SHA256SUMS"}
    inside = {link[1:] for link in page.found if link.startswith("#")}
    assert inside <= page.ids
    assert {link for link in page.found if not link.startswith("#")} == there - {"index.html"}
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", name) for name in there)


def test_it_tells_the_whole_review(met, people, tmp_path):
    text = (pack_for(people["auditor"], met, tmp_path) / "index.html").read_text()

    for said in ("Stella Stand-in for", "We shipped what we promised.", "Müller &amp; Söhne: “Nord”", met.attendees, NOTE,
                 "What was undertaken", "The meeting", "Approvals", met.latest_document().manifest.digest):  # fmt: skip
        assert said in text, said


def test_it_tells_how_the_copies_went_out_who_met_and_what_was_said(people, tmp_path):
    review = make_request("printing", account=make_account(manager=people["rep"]), copies=12)
    order = review.print_orders.get()
    planned(
        review.meetings.get(), others="Bo Boss <bo@customer.example>", agenda="1. The year", meeting_place="Hamburg"
    )
    events = (Word("printer", "e1", "printed", order.name), Word("carrier", "e2", "shipped", order.name, "DHL", "T-17"),
              Word("carrier", "e3", "delivered", order.name, note="Left at the gate."))  # fmt: skip
    assert [take_word(word).status for word in events] == [200, 200, 200]
    review = fresh(review)
    here = [one.pk for one in review.meetings.get().attendees.all() if one.name != "Bo Boss"]
    take(review, "hold_meeting", people["rep"], met_on=localdate(), attendees="Kim", came=here, outcome="They renew.")
    write_note(review.meetings.get(), by=people["rep"], text="The dock is too narrow.")
    answer(take(CustomerFeedback.objects.get(request=review), "ask", people["admin"]))
    speak(review, did_not="Too many figures.", about="stage:gathering", words="A week more.")

    folder = pack_for(people["auditor"], review, tmp_path)
    text = (folder / "index.html").read_text()

    for said in (f"{order.name}</td><td>12 copies of version 1", order.sha256, "DHL, T-17", "delivered, Left at the gate.",
                 "Bo Boss</td><td>The customer</td><td>bo@customer.example</td><td>did not come", "They renew.",
                 "The dock is too narrow.", "version 1, " + order.file.manifest.digest, "Hamburg", "4 of 5", "Kim Kunde",
                 "Call us earlier.", "They had read it.", "Too many figures.", "A week more.", "ordered copies",
                 "recorded the meeting", "answered the five questions"):  # fmt: skip
        assert said in text, said


def test_its_log_and_receipt_are_proved_by_the_scripts(met, people, tmp_path):
    folder = pack_for(people["auditor"], met, tmp_path)
    sealed = next(folder.glob("r*/version-*/receipt.json"))

    log = run(sys.executable, "-I", settings.BASE_DIR / "bin/check-log", "log.jsonl", within=folder)
    receipt = run(sys.executable, "-I", settings.BASE_DIR / "bin/check-receipt", sealed, sealed.parent / "screen.pdf",
                  within=folder)  # fmt: skip

    assert log[0] == 0, log[1]
    assert receipt[0] == 0, receipt[1]


def test_notes_among_ourselves_are_only_for_those_who_oversee(met, people, tmp_path):
    theirs = pack_for(people["rep"], met, tmp_path)
    office = pack_for(people["admin"], met, tmp_path)

    told = {name: NOTE in (theirs / name).read_text() for name in ("index.html", "log.jsonl")}
    code, said = run(sys.executable, "-I", settings.BASE_DIR / "bin/check-log", "log.jsonl", within=theirs)

    assert told == {"index.html": False, "log.jsonl": False}
    assert NOTE in (office / "index.html").read_text()
    assert NOTE in (office / "log.jsonl").read_text()
    assert code == 0, said


def test_the_same_state_gives_the_same_bytes(met, people, tmp_path, later):
    before = pack_for(people["auditor"], met, tmp_path)
    later(days=1)

    again = pack_for(people["admin"], met, tmp_path)

    assert (tmp_path / f"{people['auditor'].pk}.zip").read_bytes() == (
        tmp_path / f"{people['admin'].pk}.zip"
    ).read_bytes()
    assert before != again


def test_one_byte_changed_in_the_pack_is_named(met, people, tmp_path):
    folder = pack_for(people["auditor"], met, tmp_path)
    page = folder / "index.html"
    page.write_text(page.read_text().replace("Approvals", "Approvalz"))

    code, said = run("sha256sum", "-c", "SHA256SUMS", within=folder)

    assert code == 1
    assert "index.html: FAILED" in said


def test_a_file_that_is_no_longer_what_was_sealed_goes_into_no_pack(met, people):
    path = disk.path_of(met.latest_document().manifest.file("screen.pdf").file.sha256)
    path.chmod(0o600)
    whole = path.read_bytes()
    path.write_bytes(b"other bytes")

    signed_in(people["auditor"]).post(reverse("reviews:evidence", args=[met.account_id, met.year_id]))
    drain(["exports.Export"])

    export = Export.objects.get()
    path.write_bytes(whole)
    assert (export.file, "Restore it from the backup" in export.error) == (None, True)


def test_who_took_one_is_noted_and_asked_twice_it_is_written_once(met, people):
    client, url = signed_in(people["leader"]), reverse("reviews:evidence", args=[met.account_id, met.year_id])

    client.post(url, {"key": "a"})
    client.post(url, {"key": "b"})
    drain(["exports.Export"])

    export = Export.objects.get()
    assert (export.person, export.list_name, export.kind, export.state) == (
        people["leader"],
        "evidence",
        "zip",
        State.DONE,
    )
    assert export.rows > 10


def test_whoever_lost_the_account_meanwhile_gets_nothing(met, people):
    signed_in(people["rep"]).post(reverse("reviews:evidence", args=[met.account_id, met.year_id]))
    edit(met.account, seen=fresh(met.account).version, by=people["admin"], manager=make_user("rep"))

    drain(["exports.Export"])

    export = Export.objects.get()
    assert (export.state, export.error) == (State.FAILED, "This account is not yours any more, so nothing was written.")


def test_a_year_without_reviews_has_no_pack(met, people):
    other = make_year("archived", label="2019")

    answer = signed_in(people["auditor"]).get(reverse("reviews:evidence", args=[met.account_id, other.pk]))

    assert answer.status_code == 404
