"""A step happens whole or not at all (promise P1)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acr_program.jobs.faults import FaultRaised
from acr_program.outbox.models import Message
from acr_program.workflow.docs import machines
from acr_program.workflow.edit import begin
from acr_program.workflow.locks import lock
from acr_program.workflow.log import LogDetail, LogEntry
from acr_program.workflow.obligations import Obligation
from reviews.models import CustomerFeedback, Deviation, RepFeedback, Revision, Section
from tests.factories import fresh, make_account, make_request, take
from tests.keyed import keyed
from tests.piloting import make_finding

POINTS = [
    "before_step", "after_step", "after_save", "after_log", "after_obligations", "after_messages", "after_consequences",
    "before_commit",
]  # fmt: skip


def counts():
    return [model.objects.count() for model in (LogEntry, LogDetail, Obligation, Message)] + [
        Obligation.objects.open().count()
    ]


def stop_at(monkeypatch, point):
    from acr_program.jobs import faults

    faults._passes.clear()
    monkeypatch.setenv("ACR_FAULTS", f"{point}:1:raise")


@pytest.mark.parametrize("point", POINTS)
def test_a_broken_step_leaves_nothing(people, monkeypatch, point):
    account = make_account("active", manager=people["rep"])
    before = counts()
    stop_at(monkeypatch, point)

    with pytest.raises(FaultRaised):
        take(account, "flag_risk", people["rep"], comment="Trouble.")

    assert (fresh(account).status, fresh(account).version) == ("active", account.version)
    assert counts() == before


@pytest.mark.parametrize("point", POINTS)
def test_what_follows_falls_with_the_step(people, monkeypatch, point):
    """Accepting asks two contributors; when it breaks anywhere, nobody is asked."""
    request = make_request("submitted")
    before = counts()
    stop_at(monkeypatch, point)

    with pytest.raises(FaultRaised):
        take(request, "accept", people["admin"])

    assert (fresh(request).status, request.contributions.count(), counts()) == ("submitted", 0, before)


def test_a_consequence_that_breaks_takes_the_step_with_it(people, hooks):
    account = make_account("active", manager=people["rep"])
    seen_by_consequence = []

    def breaks(obj, entry):
        seen_by_consequence.append((obj.status, entry.step))
        raise RuntimeError("The second app is broken.")

    hooks.after("account.flag_risk", breaks)
    before = counts()

    with pytest.raises(RuntimeError):
        take(account, "flag_risk", people["rep"], comment="Trouble.")

    assert seen_by_consequence == [("at_risk", "flag_risk")]
    assert (fresh(account).status, counts()) == ("active", before)


def test_consequences_follow_in_the_order_listed(people, hooks):
    account, told = make_account("prospect", manager=people["rep"]), []
    hooks.after("account.win", lambda obj, entry: told.append("first"))
    hooks.after("account.win", lambda obj, entry: told.append("second"))

    take(account, "win", people["admin"])

    assert told == ["first", "second"]


def test_the_root_is_locked_before_the_object(people):
    request = make_request("printing")
    letter = Section.objects.get(template=request.template, key="letter")
    begin(Deviation(request=request, section=letter, proposed_by=request.rep, text="Dear friends."), by=request.rep)
    for asked in (CustomerFeedback, RepFeedback):
        begin(asked(request=request), by=request.rep)
    make_finding()
    keyed().make_rooted()
    rooted = [machine for machine in machines() if machine.LOCKS and machine is not Revision]

    orders = {}
    for machine in rooted:
        obj = machine.objects.first()
        with CaptureQueriesContext(connection) as queries:
            lock(obj)
        tables = [re.search(r' FROM "(\w+)"(?! "?U0)', query["sql"])[1] for query in queries.captured_queries]
        orders[machine.__name__] = list(dict.fromkeys(tables))

    assert orders == {
        "Approval": ["reviews_reviewrequest", "reviews_approval"],
        "CustomerFeedback": ["reviews_reviewrequest", "reviews_customerfeedback"],
        "Deviation": ["reviews_reviewrequest", "reviews_deviation"],
        "Document": ["reviews_reviewrequest", "reviews_document"],
        "Finding": ["pilots_pilotwave", "pilots_finding"],
        "InformationRequest": ["reviews_reviewrequest", "reviews_informationrequest"],
        "Meeting": ["reviews_reviewrequest", "reviews_meeting"],
        "PilotCandidate": ["pilots_pilotwave", "pilots_pilotcandidate"],
        "PrintOrder": ["reviews_reviewrequest", "reviews_printorder"],
        "RepFeedback": ["reviews_reviewrequest", "reviews_repfeedback"],
        **keyed().rooted,
    }
