"""One step on many rows: chosen with their number, looked at row by row, each done once or refused with its sentence."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acr_program.bulk.models import Bulk, BulkRun
from acr_program.bulk.working import take as take_row
from acr_program.jobs.models import State
from acr_program.jobs.work import drain, work_row
from acr_program.people.models import RoleGrant, User
from acr_program.workflow.log import LogEntry
from tests.desk.asking import text
from tests.factories import fresh, make_account, make_request, make_user, take

pytestmark = pytest.mark.django_db
RUN = ["bulk.BulkRun"]


@pytest.fixture
def submitted(people):
    return [make_request("submitted") for _ in range(3)]


def choose(client, rows, step="accept", query="", **more):
    return client.post(f"/bulk/of/requests/?{query}", {"step": step, "pick": [row.pk for row in rows], **more})


def chosen(client, rows, step="accept", query="", **more):
    """What is kept of the choice."""
    answer = choose(client, rows, step, query, **more)
    return Bulk.objects.get(pk=answer.url.split("/")[2])


def outcomes(bulk):
    return [(row.outcome, fresh(bulk.model.objects.get(pk=row.object_id)).status) for row in bulk.rows.all()]


def go(client, bulk, **data):
    return client.post(f"/bulk/{bulk.pk}/confirm/", data)


def accepted():
    """What the log knows of requests that were accepted."""
    return LogEntry.objects.filter(step="accept", content_type__model="reviewrequest")


def test_only_what_some_row_allows_is_offered(people, as_person, submitted):
    of_admin = as_person(people["admin"]).get("/reviews/").context["page"]
    of_auditor = as_person(people["auditor"]).get("/reviews/").context["page"]

    assert [step.name for step in of_admin.bar.steps] == ["send_back", "accept", "cancel", "reviews.upgrade"]
    assert (of_admin.picks, of_auditor.picks) == (True, False)


def test_a_list_with_the_bar_asks_no_more_than_one_without(people, as_person, submitted):
    client = as_person(people["admin"])
    client.get("/reviews/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/reviews/")

    assert len([q for q in queries.captured_queries if "SAVEPOINT" not in q["sql"] and "PRAGMA" not in q["sql"]]) <= 8


def test_the_preview_says_of_each_row_what_will_happen_and_does_nothing(people, as_person, submitted):
    draft, client = make_request("draft"), as_person(people["admin"])
    bulk = chosen(client, [*submitted, draft])
    page = text(client.get(f"/bulk/{bulk.pk}/"))

    assert {row.object_id: row.outcome for row in bulk.rows.all()} == {
        **{row.pk: "open" for row in submitted}, draft.pk: "shut",
    }  # fmt: skip
    assert {row.seen for row in bulk.rows.filter(outcome="open")} == {fresh(submitted[0]).version}
    assert "“Accept” is not open in this state: Draft." in page
    assert "Nothing is done yet." in page
    assert "<h1" in client.get(f"/bulk/{bulk.pk}/").content.decode()
    assert "Accept: 3 rows" in page
    assert [fresh(row).status for row in submitted] == ["submitted"] * 3


@pytest.mark.demand("features, 16")
def test_what_is_confirmed_is_done_once_and_its_results_are_kept(people, as_person, submitted):
    client = as_person(people["admin"])
    bulk = chosen(client, submitted)
    go(client, bulk)
    go(client, bulk)
    drain(RUN)

    assert outcomes(bulk) == [("done", "gathering")] * 3
    entries = LogEntry.objects.filter(step="accept", by=people["admin"])
    assert entries.count() == 3
    assert "3 done" in text(client.get("/messages/"))
    assert "The request is accepted" in text(client.get(f"/bulk/{bulk.pk}/"))


def test_a_row_that_moved_on_is_refused_and_the_others_are_done(people, as_person, submitted):
    client = as_person(people["admin"])
    bulk = chosen(client, submitted)
    moved = fresh(submitted[1])
    take(moved, "send_back", people["admin"], comment="Other goal.")
    take(fresh(moved), "submit", moved.rep)
    go(client, bulk)
    drain(RUN)

    assert fresh(moved).status == "submitted"
    assert bulk.rows.filter(outcome="done").count() == 2
    assert "has changed since you opened it" in bulk.rows.get(object_id=moved.pk).says


def test_a_comment_is_asked_once_and_stands_in_each_log(people, as_person, submitted):
    client = as_person(people["admin"])
    bulk = chosen(client, submitted, "send_back")

    assert go(client, bulk).status_code == 400
    go(client, bulk, comment="The goal is missing.")
    drain(RUN)

    assert outcomes(bulk) == [("done", "returned")] * 3
    assert {fresh(row).log().last().comment for row in submitted} == {"The goal is missing."}


def test_all_means_as_many_as_was_said_and_no_more(people, as_person, submitted):
    make_request("draft")
    client = as_person(people["admin"])

    assert chosen(client, [], query="state=submitted", all="3").rows.count() == 3
    make_request("submitted")
    assert choose(client, [], query="state=submitted", all="3").url == "/reviews/?state=submitted"
    assert Bulk.objects.count() == 1


def test_rows_that_nobody_showed_are_not_chosen(people, as_person, submitted):
    mine = make_request("draft", account=make_account(manager=make_user("rep")))
    client = as_person(mine.rep)

    assert [row.object_id for row in chosen(client, [mine, *submitted], "cancel").rows.all()] == [mine.pk]
    assert choose(client, submitted, "cancel").url.startswith("/reviews/")


@pytest.mark.parametrize("step", ["approve_everything", "hold_meeting", "rework", "looked"])
def test_a_step_that_is_none_or_whose_answers_differ_from_row_to_row_is_refused(people, as_person, submitted, step):
    assert choose(as_person(people["admin"]), submitted, step).url.startswith("/reviews/")
    assert not Bulk.objects.exists()


def test_rights_are_those_of_the_moment_of_the_work(people, as_person, submitted):
    client = as_person(people["admin"])
    bulk = chosen(client, submitted)
    go(client, bulk)
    RoleGrant.objects.filter(person=people["admin"]).delete()
    drain(RUN)

    assert outcomes(bulk) == [("refused", "submitted")] * 3
    assert not accepted().exists()


def test_who_may_not_sign_in_any_more_does_nothing(people, as_person, submitted):
    client = as_person(people["admin"])
    bulk = chosen(client, submitted)
    go(client, bulk)
    User.objects.filter(pk=people["admin"].pk).update(is_active=False)
    drain(RUN)

    assert outcomes(bulk) == [("left", "submitted")] * 3


def test_called_off_between_rows_leaves_the_rest_alone(people, as_person, submitted):
    client = as_person(people["admin"])
    bulk = chosen(client, submitted)
    go(client, bulk)
    take_row(bulk, bulk.rows.first().pk, people["admin"])
    client.post(f"/bulk/{bulk.pk}/cancel/")
    drain(RUN)

    assert outcomes(bulk) == [("done", "gathering"), ("left", "submitted"), ("left", "submitted")]
    assert fresh(bulk).ended_at is not None


def test_a_worker_killed_between_rows_leaves_none_undone_and_none_done_twice(people, as_person, submitted, later):
    client = as_person(people["admin"])
    bulk = chosen(client, submitted)
    go(client, bulk)
    run = BulkRun.claim(bulk.runs.get().pk)
    take_row(bulk, bulk.rows.first().pk, people["admin"])  # and here the worker dies: its lease runs out
    BulkRun.objects.filter(pk=run.pk).update(due_at=run.created_at)
    assert work_row(BulkRun, run.pk)

    assert outcomes(bulk) == [("done", "gathering")] * 3
    assert accepted().count() == 3
    assert fresh(bulk.runs.get()).state == State.DONE


def test_nobody_else_sees_it(people, as_person, submitted):
    bulk = chosen(as_person(people["admin"]), submitted)

    assert as_person(people["manager"]).get(f"/bulk/{bulk.pk}/").status_code == 404
    assert go(as_person(people["manager"]), bulk).status_code == 404


def test_looking_at_many_rows_costs_what_few_cost(people, as_person, submitted):
    client = as_person(people["admin"])
    costs = []
    for rows in (submitted[:1], submitted):
        client.get("/reviews/")
        with CaptureQueriesContext(connection) as queries:
            choose(client, rows)
        costs.append(len(queries))

    assert costs[0] == costs[1]
