"""The receipt of an approval, and the script that checks it offline (M6)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories import fresh, take
from tests.reviews.work import signed_in, to_approval

pytestmark = [pytest.mark.django_db, pytest.mark.demand("M6", "features, 57")]
SCRIPT = settings.BASE_DIR / "bin" / "check-receipt"


@pytest.fixture
def sealed(tmp_path):
    """A sealed document, its receipt and its file, as somebody has them on their desk."""
    approval = to_approval()
    take(approval, "approve", approval.approver, signs=approval.signs)
    document = fresh(approval.document)
    answer = signed_in(approval.approver).get(reverse("reviews:receipt", args=[document.pk]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    (tmp_path / "receipt.json").write_bytes(answer.content)
    (tmp_path / "screen.pdf").write_bytes(document.manifest.file("screen.pdf").read())
    return approval, tmp_path


def checked(folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-I", str(SCRIPT), str(folder / "receipt.json"), str(folder / "screen.pdf")]
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
def test_one_byte_that_differs_is_named(sealed):
    _approval, folder = sealed
    data = bytearray((folder / "screen.pdf").read_bytes())
    data[-1] ^= 1
    (folder / "screen.pdf").write_bytes(data)

    code, said = checked(folder)

    assert code == 1
    assert "screen.pdf: no file with these bytes was approved." in said


@pytest.mark.process
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda r: r["manifest"]["files"][0].update(pages=99), "list of files is not the one"),
        (lambda r: r["approvals"][0].update(signs="0" * 64), "signs other files"),
        (lambda r: r["approvals"][0]["act"]["facts"].update(by=1), "row of the log was changed"),
        (lambda r: r["approvals"][0]["act"].update(at="2020-01-01T00:00:00+00:00"), "time is not the one"),
        (lambda r: r["approvals"].clear(), "holds no approval"),
        (lambda r: r.update(sealed=None), "The seal: the log says nothing"),
    ],
)
def test_a_receipt_that_was_touched_is_refused(sealed, change, says):
    _approval, folder = sealed
    rewritten(folder, change)

    code, said = checked(folder)

    assert code == 1
    assert says in said


def test_before_the_seal_there_is_none():
    approval = to_approval()

    answer = signed_in(approval.approver).get(reverse("reviews:receipt", args=[approval.document_id]))

    assert answer.status_code == 404
    assert "Nothing is sealed yet" in answer.content.decode()
