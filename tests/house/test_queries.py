"""What pages cost: a list at most eight queries, the same for 10 rows and for 10,000; a record at most fifteen (speed)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate

from accounts.models import Account
from acr_program.outbox.models import Message
from acr_program.people.access import declared
from acr_program.people.models import User
from acr_program.ui.lists import ListPage
from reviews.models import Approval, Document, FollowUp, InformationRequest, ReviewRequest
from tests.keyed import keyed
from tests.routes.world import World, world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LIST, RECORD = 8, 15
MARKS = re.compile(r"SAVEPOINT|^PRAGMA|^SET TRANSACTION|^BEGIN|^COMMIT")  # they begin and end, and ask nothing
ROUTES = [
    (name, view.access)
    for where, name, view in declared()
    if hasattr(view, "access") and view.access.kind != "public" and "GET" in view.methods
]
RECORDS = [(name, access) for name, access in ROUTES if access.kind == "reads"]
BARE = [name for name, access in ROUTES if access.kind in ("signed_in", "role")]


@pytest.fixture(scope="module")
def office(once: Any) -> World:
    return once(world)


@pytest.fixture
def ask(office: World, django_db_blocker: Any) -> Any:
    """The answer to somebody's look at a page, and the queries it cost."""
    clients: dict[str, Client] = {}
    warm: set[str] = set()

    def look(who: str, url: str) -> tuple[Any, int]:
        if who not in clients:
            clients[who] = Client()
            clients[who].force_login(office.people[who])
        if url not in warm:
            clients[who].get(url)  # the first look fills what a process keeps
            warm.add(url)
        with CaptureQueriesContext(connection) as queries:
            answer = clients[who].get(url)
        return answer, len([q for q in queries.captured_queries if not MARKS.search(q["sql"])])

    with django_db_blocker.unblock():
        yield look


@pytest.mark.parametrize(("name", "access"), RECORDS, ids=[name for name, _access in RECORDS])
def test_a_record_costs_at_most_fifteen_queries(office: World, ask: Any, name: str, access: Any) -> None:
    kind = access.model._meta.model_name
    costs: dict[str, int] = {}
    for row in [office.records["own"][kind], *office.states.get(kind, [])]:
        parts = [
            {key: part}
            for key, part in office.parts["own"].items()
            if key in ("contact", "fact", "year", "line", "criterion", *keyed().numbered)
        ]
        texts = {"revision": office.records["own"]["revision"].pk}
        named = {key.split()[1]: part for key, part in office.parts["own"].items() if key.startswith(f"{name} ")}
        for given in ({}, named, *parts, texts, {"name": "screen.pdf"}, {"section": "letter"}, {"key": "asked"}):
            given = {"pk": row.pk} | given
            try:
                url = reverse(name, kwargs=given)
                break
            except NoReverseMatch:
                continue
        for who in ("rep", "admin", "manager", "leader", "contributor", "auditor"):
            answer, cost = ask(who, url)
            if answer.status_code == 200:
                costs[f"{who} {getattr(row, 'status', '')}"] = cost

    assert {where: cost for where, cost in costs.items() if cost > RECORD} == {}


def lists_of(answer: Any) -> bool:
    """Whether the page holds a list."""
    layers = [layer for context in answer.context or [] for layer in getattr(context, "dicts", [context])]
    return any(isinstance(value, ListPage) for layer in layers if isinstance(layer, dict) for value in layer.values())


def test_a_list_costs_the_same_for_two_thousand_rows_as_for_ten(office: World, ask: Any) -> None:
    """More than a page holds, and more than are counted; what ten thousand and more take in time is for `make bench`."""
    looked: dict[tuple[str, str], list[int]] = {}
    with transaction.atomic():
        for count in (10, 2_000):
            fill(office, count)
            for name in BARE:
                try:
                    url = reverse(name)
                except NoReverseMatch:
                    continue
                for who in ("manager", "rep"):
                    answer, cost = ask(who, url)
                    if answer.status_code == 200:
                        looked.setdefault((name, who), []).append(cost)
                        if lists_of(answer):
                            looked[name, who].append(-1)
        transaction.set_rollback(True)

    lists = {page: costs[::2] for page, costs in looked.items() if -1 in costs}
    assert {page: costs for page, costs in lists.items() if len(set(costs)) > 1 or max(costs) > LIST} == {}
    assert len(lists) >= 8
    others = {page: costs for page, costs in looked.items() if -1 not in costs}
    assert {page: costs for page, costs in others.items() if max(costs) > RECORD} == {}


def fill(office: World, count: int) -> None:
    """So many rows more of whatever is listed, all of Rita's."""
    rep, admin = office.people["rep"], office.people["admin"]
    review: ReviewRequest = office.records["own"]["reviewrequest"]
    part: InformationRequest = office.records["own"]["informationrequest"]
    mail: Message = office.records["own"]["message"]
    tag = f"{count}-"
    User.objects.bulk_create([User(email=f"{tag}{n}@many.example", name=f"{tag}{n}") for n in range(count)])
    accounts = Account.objects.bulk_create(
        [
            Account(name=f"{tag}{n}", theater="EMEA", country="Chile", manager=rep, status="active", version=1)
            for n in range(count)
        ]
    )
    requests = ReviewRequest.objects.bulk_create(
        [
            ReviewRequest(
                account=account, year=review.year, rep=rep, goal="x", meeting_on=localdate(), status="gathering",
                template=review.template, process=review.process, pace=review.pace, version=1,
            )
            for account in accounts
        ]
    )  # fmt: skip
    documents = Document.objects.bulk_create([Document(request=row, number=1, version=1) for row in requests])
    InformationRequest.objects.bulk_create(
        [InformationRequest(request=row, section=part.section, contributor=rep, version=1) for row in requests]
    )
    FollowUp.objects.bulk_create(
        [
            FollowUp(request=row, account=row.account, owner=rep, what="x", due_on=localdate(), version=1)
            for row in requests
        ]
    )
    Approval.objects.bulk_create(
        [
            Approval(request=document.request, document=document, approver=admin, place=1, version=1)
            for document in documents
        ]
    )
    Message.objects.bulk_create(
        [
            Message(
                key=f"{tag}{n}", kind="step", person=rep, address=rep.email, subject="x", text="x", html="x",
                content_type=mail.content_type, object_id=mail.object_id,
            )
            for n in range(count)
        ]
    )  # fmt: skip
    keyed().many(office, count)
