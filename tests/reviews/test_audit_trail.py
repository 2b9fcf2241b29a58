"""The log of a review or an account, taken out and proved offline (features, 87)."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import reverse

from acr_program.exports.models import Export
from acr_program.jobs.work import drain
from acr_program.workflow.edit import edit
from acr_program.workflow.log import LogEntry
from tests.exports.reading import body
from tests.factories import make_account, make_request
from tests.reviews.work import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("features, 87"), pytest.mark.process]
KINDS = pytest.mark.parametrize("kind", ["jsonl", "csv"])


@pytest.fixture
def review(people):
    """Under way, of an account whose name begins as a formula does."""
    review = make_request("in_approval", account=make_account(name="Plain", manager=people["rep"]))
    edit(review.account, seen=review.account.version, by=people["admin"], comment="=1+1\r\n“said”", business_unit="-x")
    return review


def taken(person, of, kind, **said):
    client = signed_in(person)
    answer = client.post(reverse("reviews:audit-trail", args=[of.account_id, kind]), said)
    assert answer.status_code == 302
    drain(["exports.Export"])
    return body(client.get(reverse("exports:file", args=[Export.objects.latest("created_at").pk])))


def checked(folder, kind, data):
    path = folder / f"log.{kind}"
    path.write_bytes(data)
    command = [sys.executable, "-I", str(settings.BASE_DIR / "bin/check-log"), str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


@KINDS
def test_the_log_of_an_account_is_whole_and_proved(review, people, tmp_path, kind):
    data = taken(people["auditor"], review, kind)

    code, said = checked(tmp_path, kind, data)

    number = LogEntry.objects.filter(account_id=review.account_id).count()
    assert (code, said) == (0, f"{tmp_path}/log.{kind}: {number} rows, each where it was written.\n")
    assert Export.objects.get().rows == number


def test_the_log_of_one_review_leaves_others_out(review, people):
    other = make_request("submitted", account=make_account(manager=review.rep))

    rows = [json.loads(line) for line in taken(people["admin"], review, "jsonl", review=str(review.pk)).splitlines()]

    own = {row["facts"]["object"] for row in rows if row["thing"].startswith("reviewrequest ")}
    assert own == {review.pk}
    assert other.pk != review.pk
    assert {row["thing"].split()[0] for row in rows} == {
        "reviewrequest", "informationrequest", "document", "approval", "meeting",
    }  # fmt: skip


def test_no_cell_of_the_csv_begins_a_formula(review, people):
    rows = list(csv.reader(io.StringIO(taken(people["auditor"], review, "csv").decode(), newline="")))

    assert [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")] == []
    assert any("'=1+1" in cell for row in rows for cell in row)


def cut(rows):
    del rows[1]


def reordered(rows):
    rows[0], rows[1] = rows[1], rows[0]


def another_person(rows):
    rows[0]["facts"]["by"] = 1_000_000


def other_words(rows):
    next(row for row in rows if row["said"] and row["said"]["comment"])["said"]["comment"] = "Never said."


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (cut, "the log was cut before it"), (reordered, "the log was cut before it"), (another_person, "it was changed"),
        (other_words, "what was said with it was changed"),
    ],
)  # fmt: skip
def test_what_was_done_to_the_file_is_named(review, people, tmp_path, change, wanted):
    rows = [json.loads(line) for line in taken(people["auditor"], review, "jsonl").splitlines()]
    change(rows)

    code, said = checked(tmp_path, "jsonl", "".join(json.dumps(row) + "\n" for row in rows).encode())

    assert code == 1
    assert wanted in said


@pytest.mark.parametrize("data", [b"", b"{}\n", b"[1]\n", b"no json\n"])
def test_what_is_no_log_is_said_to_be_none(tmp_path, data):
    code, said = checked(tmp_path, "jsonl", data)

    assert code == 1
    assert "Traceback" not in said
