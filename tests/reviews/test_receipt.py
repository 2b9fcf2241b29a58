"""The receipt of an approval, and the script that checks it offline (M6)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from acr_program.outbox.models import Message
from tests.factories import fresh, make_absence, make_account, make_user, take
from tests.reviews.work import signed_in, to_approval

pytestmark = [pytest.mark.django_db, pytest.mark.demand("M6", "features, 57")]
SCRIPT = settings.BASE_DIR / "bin" / "check-receipt"


@pytest.fixture
def sealed(tmp_path):
    """A sealed document of two leaders, its receipt and its file, as somebody has them on their desk."""
    account = make_account()
    account.designated_leaders.add(make_user("leader"))
    approval = to_approval(account=account)
    for one in approval.document.approvals.all():
        take(one, "approve", one.approver, signs=one.signs)
    kept(approval, tmp_path)
    return approval, tmp_path


def kept(approval, folder: Path) -> None:
    document = fresh(approval.document)
    answer = signed_in(approval.approver).get(reverse("reviews:receipt", args=[document.pk]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    (folder / "receipt.json").write_bytes(answer.content)
    (folder / "screen.pdf").write_bytes(document.manifest.file("screen.pdf").read())


def checked(folder: Path, name: str = "screen.pdf") -> tuple[int, str]:
    command = [sys.executable, "-I", str(SCRIPT), str(folder / "receipt.json"), str(folder / name)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout


def rewritten(folder: Path, change) -> None:
    receipt = json.loads((folder / "receipt.json").read_text())
    change(receipt)
    (folder / "receipt.json").write_text(json.dumps(receipt))


@pytest.mark.process
def test_the_pair_is_taken_and_names_who_approved(sealed):
    approval, folder = sealed

    code, said = checked(folder)

    assert code == 0, said
    assert "the bytes of screen.pdf" in said
    assert f"Approved by {approval.approver.name}" in said


@pytest.mark.process
@pytest.mark.parametrize("place", [0, 7, -1])
def test_one_byte_that_differs_is_named(sealed, place):
    _approval, folder = sealed
    data = bytearray((folder / "screen.pdf").read_bytes())
    data[place] ^= 1
    (folder / "screen.pdf").write_bytes(data)

    code, said = checked(folder)

    assert code == 1
    assert "these are not the bytes of screen.pdf that were approved" in said


@pytest.mark.process
def test_a_file_under_the_name_of_another_is_named(sealed):
    _approval, folder = sealed
    rewritten(
        folder,
        lambda r: r["manifest"]["files"].append(dict(r["manifest"]["files"][0], name="print.pdf", sha256="0" * 64)),
    )
    (folder / "print.pdf").write_bytes((folder / "screen.pdf").read_bytes())

    code, said = checked(folder, "print.pdf")

    assert code == 1
    assert "print.pdf: the files were swapped, for these are the bytes of screen.pdf." in said


@pytest.mark.process
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda r: r["manifest"]["files"][0].update(pages=99), "list of files is not the one"),
        (lambda r: r["approvals"][0].update(signs="0" * 64), "signs other files"),
        (lambda r: r["approvals"][0]["log"][-1]["facts"].update(by=999_999), "row of the log was changed (approve)"),
        (lambda r: r["approvals"][0]["log"][-1].update(at="2020-01-01T00:00:00+00:00"), "time is not the one"),
        (lambda r: r["approvals"][0]["log"].pop(0), "the log was cut before row 1."),
        (lambda r: r["approvals"][0]["log"].pop(), "the log says nothing of it."),
        (lambda r: r["sealed"]["log"].pop(1), "The seal: the log was cut before row 2."),
        (lambda r: r["approvals"].clear(), "holds no approval"),
        (lambda r: r["approvals"].pop(), "1 of the approvals that were sealed is missing from the receipt."),
        (lambda r: r["sealed"]["said"]["data"]["approvals"].pop(), "The seal: what it says was changed."),
        (lambda r: r["sealed"]["log"].pop(), "The seal: the log says nothing"),
        (lambda r: r["sealed"].update(said=None), "The seal does not say of which approvals it was made."),
    ],
)
def test_a_receipt_that_was_touched_is_refused(sealed, change, says):
    _approval, folder = sealed
    rewritten(folder, change)

    code, said = checked(folder)

    assert code == 1
    assert says in said


@pytest.mark.process
def test_a_stand_in_and_a_decision_from_the_mail_are_in_it_with_their_names(tmp_path):
    """The first leader is away and a stand-in decides; the second, who has no account, decides with the code of the mail."""
    second, stand_in = make_user("leader", name="Lea Fern", by_link=True), make_user("leader", name="Stan Instead")
    account = make_account()
    account.designated_leaders.add(second)
    first = to_approval(account=account)
    make_absence(first.approver, stand_in)
    take(first, "approve", fresh(stand_in), signs=first.signs)
    private = Message.objects.filter(person=second, kind="approval").latest("created_at").private
    page = Client().get(private["url"]).content.decode()
    given = dict(re.findall(r'name="(seen|key|signs)" value="([^"]*)"', page))
    Client().post(f"{private['url']}approve/", given | {"code": private["code"]})
    kept(first, tmp_path)

    code, said = checked(tmp_path)

    assert code == 0, said
    assert f"Approved by Stan Instead for {first.approver.name}, " in said
    assert "Approved by Lea Fern, " in said


def test_before_the_seal_there_is_none():
    approval = to_approval()

    answer = signed_in(approval.approver).get(reverse("reviews:receipt", args=[approval.document_id]))

    assert answer.status_code == 404
    assert "Nothing is sealed yet" in answer.content.decode()
