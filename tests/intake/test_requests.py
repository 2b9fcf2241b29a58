"""Requests as rows of a file: drafts by the rules of the form, once, told to their representatives, and taken back (R-21)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from acr_program.desk.models import Draft
from acr_program.intake import actions
from acr_program.intake.models import Kept
from acr_program.jobs.work import drain
from acr_program.people.models import RoleGrant
from acr_program.workflow.days import add_working_days
from acr_program.workflow.edit import edit
from acr_program.workflow.seals import verify
from reviews.actions.yearly import GOAL
from reviews.models import ReviewRequest
from tests.desk.saying import comment_beside
from tests.factories import fresh, make_account, make_program, make_request, make_user, make_year
from tests.factories import take as step

from .files import checked, outcomes, table, take, taken_in, upload
from .test_pages import confirmed

pytestmark = [pytest.mark.django_db, pytest.mark.process, pytest.mark.demand("R-21")]

HEADS = (
    "Customer no", "Program year", "Audience", "Meeting date", "Place", "Goal", "Delivery", "Recipient", "Copies", "Reason",
)  # fmt: skip


@pytest.fixture
def office(people):
    return people["admin"]


@pytest.fixture
def year(people):
    make_program()
    today = localdate()
    return make_year(label="2026/27", begins_on=today - timedelta(days=60), ends_on=today + timedelta(days=300))


@pytest.fixture
def later_on():
    """A day that leaves every stage its time."""
    return add_working_days(localdate(), 60)


def customer(code, rep, status="active", **fields):
    return make_account(status, code=code, name=f"Customer {code}", manager=rep, **fields)


def row(code, on, audience="Executive", **more):
    told = {"Customer no": code, "Program year": "2026/27", "Audience": audience, "Meeting date": str(on)} | more
    return [told.get(head, "") for head in HEADS]


def file_of(*rows):
    return table(HEADS, rows)


def test_each_row_becomes_a_draft_of_its_representative(people, office, year, later_on):
    one, two = customer("A1", people["rep"]), customer("A2", people["rep"], street="1 Main Street", city="Bonn")
    rows = [
        row("A1", later_on, Goal="Agree on next year.", Place="Their head office"),
        row("A2", later_on, "operational", Delivery="Printed copies", Copies="12", Recipient="Kim Kunde"),
    ]

    batch = taken_in(file_of(*rows), "requests", office, "wanted.csv")

    assert batch.counts == {"created": 2}
    first, second = ReviewRequest.objects.order_by("pk")
    assert (first.status, first.account, first.rep, first.year, first.audience) == (
        "draft",
        one,
        people["rep"],
        year,
        "executive",
    )
    assert (first.goal, first.meeting_place, first.meeting_on) == ("Agree on next year.", "Their head office", later_on)
    assert first.recipient == one.contacts.get()
    assert (second.account, second.audience, second.delivery, second.copies) == (two, "operational", "printed", 12)
    assert (second.goal, second.ship_to) == (str(GOAL), "1 Main Street, Bonn, Germany")
    entry = first.log().get()
    assert (entry.step, entry.by, entry.comment) == ("create", office, "Import of wanted.csv")
    assert step(first, "submit", people["rep"]).status == "submitted"
    assert "customer a1" in first.search
    assert list(verify()) == []


def test_each_row_that_may_not_be_is_refused_with_its_reason(people, office, year, later_on):
    rep = people["rep"]
    closed = make_year("closed", "old", begins_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))
    for code in ("ok", "past", "copies", "who", "soon"):
        customer(code, rep)
    customer("prospect", rep, status="prospect")
    customer("alone", None)
    customer("no rep", make_user("leader"))
    gone = make_user("rep")
    customer("gone", gone)
    gone.is_active = False
    gone.save()
    met = make_request("met", account=customer("lately", rep), year=year)
    ReviewRequest.objects.filter(pk=met.pk).update(met_on=later_on - timedelta(days=100), year=closed)
    make_request("gathering", account=customer("asked", rep), year=year)
    make_request("cancelled", account=customer("cancelled", rep), year=year)
    rows = [
        row("ok", later_on), row("ok", later_on), row("A9", later_on), row("ok", later_on, **{"Program year": "2031"}),
        row("ok", later_on, **{"Program year": "old"}), row("ok", later_on, "everybody"), row("prospect", later_on),
        row("alone", later_on), row("no rep", later_on), row("gone", later_on), row("lately", later_on),
        row("asked", later_on + timedelta(days=7)), row("past", localdate() - timedelta(days=1)),
        row("copies", later_on, Copies="900"), row("who", later_on, Recipient="Nobody"),
        row("soon", localdate() + timedelta(days=2)), row("cancelled", later_on), row("ok", "", "operational"),
    ]  # fmt: skip

    batch = checked(file_of(*rows), "requests", office)

    found = outcomes(batch)
    assert [found[n][0] for n in range(2, 20)] == [
        "created", "duplicate", *["refused"] * 13, "created", "created", "refused",
    ]  # fmt: skip
    reasons = {
        3: "Row 2 has the same Customer number, Program year, Audience",
        4: "There is no account with the customer number “A9”. Import the accounts first.",
        5: "There is no program year “2031”; those that are open: 2026/27.",
        6: "The program year old is closed.",
        7: "“everybody” is none of: Executive, Operational",
        8: "The account is not an active customer: win or reopen it first.",
        9: "Nobody is known to manage it.",
        10: "Whoever manages it is no sales representative at work here.",
        11: "Whoever manages it is no sales representative at work here.",
        12: "less than 10 months before this meeting.",
        13: "(Gathering) is there already for this account, year and audience, and says otherwise",
        14: "The meeting's day has passed.",
        15: "Between 1 and 200 copies can be printed.",
        16: "Nobody called “Nobody” with an e-mail address is known at Customer who.",
        17: "Before it is submitted: The meeting is too soon for every stage",
        19: "“Meeting date” is empty.",
    }
    assert {n: reason for n, reason in reasons.items() if reason not in found[n][1]} == {}
    assert not ReviewRequest.objects.filter(account__code__in=["ok", "soon"]).exists()


def test_a_program_that_takes_no_requests_yet_takes_none_from_a_file(people, office, later_on):
    make_program("designing")
    make_year(label="2026/27", begins_on=localdate() - timedelta(days=60), ends_on=localdate() + timedelta(days=300))
    customer("A1", people["rep"])

    batch = checked(file_of(row("A1", later_on)), "requests", office)

    assert outcomes(batch)[2] == ("refused", "The program is still being designed: no review can be requested yet.")


def test_the_second_import_changes_nothing(people, office, year, later_on):
    customer("A1", people["rep"])
    data = file_of(row("A1", later_on, Recipient="kim@customer.example"))
    taken_in(data, "requests", office)
    before = list(ReviewRequest.objects.values())

    again = checked(data, "requests", office)
    assert again.counts == {"unchanged": 1}

    step(ReviewRequest.objects.get(), "submit", people["rep"])
    under_way = checked(data, "requests", office)
    assert under_way.counts == {"unchanged": 1}
    assert outcomes(under_way)[2][1] == f"R{before[0]['id']} is there already: Submitted."
    other = checked(file_of(row("A1", later_on + timedelta(days=7))), "requests", office)
    assert other.counts == {"refused": 1}
    assert ReviewRequest.objects.count() == 1


def test_each_representative_hears_once_of_all_that_is_theirs(people, office, year, later_on, mails):
    other = make_user("rep", reports_to=people["leader"], name="Otto Other")
    for code, rep in (("A1", people["rep"]), ("A2", people["rep"]), ("A3", other)):
        customer(code, rep)
    mails()
    taken_in(file_of(*(row(code, later_on) for code in ("A1", "A2", "A3"))), "requests", office)

    sent = {mail.to[0]: mail for mail in mails()}

    assert sent.keys() == {people["rep"].email, other.email}
    assert "Reviews of 2026/27 are planned for 2 of your accounts" in sent[people["rep"].email].subject
    assert "Ada Admin has begun these drafts in your name" in sent[people["rep"].email].body
    assert "Customer A3" not in sent[people["rep"].email].body


def test_undoing_takes_back_what_nobody_touched_and_lists_the_rest(people, office, year, later_on):
    codes = ["plain", "changed", "submitted", "said", "typed", "moved"]
    for code in codes:
        customer(code, people["rep"])
    before = make_request("draft", account=customer("before", people["rep"]), year=year)
    batch = taken_in(file_of(*(row(code, later_on) for code in codes)), "requests", office)
    made = {request.account.code: request for request in ReviewRequest.objects.exclude(pk=before.pk)}
    edit(made["changed"], seen=1, by=people["rep"], goal="Something else.")
    step(made["submitted"], "submit", people["rep"])
    comment_beside(made["said"], people["rep"])
    Draft.objects.keep(people["rep"], f"reviews.request.{made['typed'].pk}", {"goal": "Half a sent"})
    edit(made["moved"], seen=1, by=people["rep"], rep=make_user("rep"))

    done = take(batch, "undo", office)

    assert (done.status, done.counts["undone"], done.counts["left"]) == ("undone", 1, 5)
    left = {row.object_id: row.left for row in Kept.objects.exclude(left="")}
    assert {code: left.get(made[code].pk) for code in codes} == {
        "plain": None, "changed": "Somebody changed it after the import.", "submitted": "It is no draft any more: Submitted.",
        "said": "Something hangs on it by now (comment), so it stays.", "typed": "Somebody has begun to write into it.",
        "moved": "Somebody changed it after the import.",
    }  # fmt: skip
    assert not ReviewRequest.objects.filter(account__code="plain").exists()
    assert ReviewRequest.objects.filter(pk=before.pk).exists()
    assert list(verify()) == []
    again = checked(file_of(row("plain", later_on)), "requests", office)
    assert again.counts == {"created": 1}


def test_what_happened_since_the_preview_is_met(people, office, year, later_on):
    accounts = {code: customer(code, people["rep"]) for code in ("A1", "A2", "A3")}
    batch = checked(file_of(*(row(code, later_on) for code in accounts)), "requests", office)
    make_request("submitted", account=accounts["A1"], year=year)
    step(fresh(accounts["A2"]), "close", people["manager"], comment="They have gone.")

    done = take(batch, "take_in", office)

    assert done.counts == {"created": 1, "late": 2}
    found = outcomes(done)
    assert (found[3][0], found[3][1]) == ("late", "The account is not an active customer: win or reopen it first.")
    assert [r.account.code for r in ReviewRequest.objects.filter(status="draft")] == ["A3"]


def test_through_the_pages(people, office, as_person, year, later_on):
    customer("A1", people["rep"])
    client = as_person(office)
    assert "/intake/new/?kind=requests" in client.get("/reviews/yearly/").content.decode()
    asked = client.get("/intake/new/?kind=requests")
    assert asked.context["form"]["kind"].value() == "requests"
    assert "Review requests" in asked.content.decode()

    upload(client, file_of(row("A1", later_on), row("A9", later_on)), "requests")
    drain(["intake.Work"])
    batch = actions.Batch.objects.get()
    confirmed(client, batch)
    preview = client.get(batch.get_absolute_url()).content.decode()

    assert "There is no account with the customer number “A9”" in preview
    assert not ReviewRequest.objects.exists()
    take(batch, "take_in", office)
    assert ReviewRequest.objects.get().account.code == "A1"
    mine = as_person(people["rep"]).get("/reviews/?state=draft").content.decode()
    assert "Customer A1" in mine


def test_from_the_shell(people, year, later_on, tmp_path, capsys):
    customer("A1", people["rep"])
    path = tmp_path / "wanted.csv"
    path.write_bytes(file_of(row("A1", later_on), row("A9", later_on)))

    call_command("intake", "requests", str(path), "--dry-run")
    assert not ReviewRequest.objects.exists()
    assert "row 3, refused: There is no account" in capsys.readouterr().out
    call_command("intake", "requests", str(path), "--by", people["manager"].email)
    assert ReviewRequest.objects.get().log().get().by == people["manager"]
    capsys.readouterr()
    call_command("intake", "requests", str(path))
    assert "Everything is there already: nothing was written." in capsys.readouterr().out


def test_only_the_office_brings_requests(people, year, later_on):
    customer("A1", people["rep"])
    for who in ("rep", "leader", "auditor", "contributor"):
        with pytest.raises(PermissionDenied):
            actions.upload(file_of(row("A1", later_on)), "a.csv", "requests", by=people[who])


def test_many_rows_cost_as_many_questions_as_few(people, office, year, later_on):
    """Of what judges and makes them; the log's rows and the plan are written in lots."""
    from reviews.intake.admission import Admission

    codes = [f"N{n}" for n in range(30)]
    for code in codes:
        customer(code, people["rep"])

    def cost(some):
        admission = Admission()
        with CaptureQueriesContext(connection) as queries:
            admission.read(some)
            for code in some:
                told = {"account": code, "year": "2026/27", "audience": "executive", "meeting_on": str(later_on)}
                admission.fill(told)
                assert admission.judge(told) == ("", [])
        return len(queries)

    assert cost(codes[:2]) == cost(codes) <= 5
    assert RoleGrant.objects.exists()
