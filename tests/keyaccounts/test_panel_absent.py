"""What hangs on an account is absent with it from whoever is recused: its reviews, meetings, approvals, findings (feature 70)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import EmptyResultSet
from django.urls import reverse

from acr_program.people.models import RoleGrant, User
from acr_program.workflow.docs import machines
from acr_program.workflow.edit import begin
from acr_program.workflow.obligations import Obligation
from pilots.models import Finding
from reviews.models import ReviewRequest
from reviews.pages.meeting_page import in_calendar
from tests.factories import fresh, make_request, make_user, office
from tests.piloting import make_candidate
from tests.reviews.promises import a_follow_up

from .making_panel import NAME, before_panel, conflicted, decided, released
from .test_panel_recusal import paths_to

pytestmark = pytest.mark.django_db
APPS = ("accounts", "reviews", "pilots", "keyaccounts")
ROLES = ("admin", "manager", "auditor", "rep", "leader", "contributor")


def with_all_roles(person: User) -> User:
    RoleGrant.objects.bulk_create([RoleGrant(person=person, role=role) for role in ROLES if role not in person.roles])
    return User.objects.get(pk=person.pk)


def asked(model: Any, person: User) -> str | None:
    """What the database is asked for the rows that this person sees; None where they see none whatever there is."""
    try:
        return str(model._default_manager.visible_to(person).query)
    except EmptyResultSet:
        return None


def things_of(request: ReviewRequest) -> dict[str, Any]:
    return {
        "ReviewRequest": request, "InformationRequest": request.contributions.first(),
        "Approval": request.approvals.first(), "Document": request.latest_document(),
        "Meeting": request.meetings.get(), "FollowUp": a_follow_up(request.rep, request=request),
    }  # fmt: skip


@pytest.mark.demand("features, 70", "M14")
@pytest.mark.parametrize("how", ["leads", "said"])
def test_a_recused_member_gets_404_for_all_that_hangs_on_the_account(how, as_person):
    one, review, _other = conflicted(how)
    things = things_of(make_request("in_approval", account=fresh(review.membership.account)))
    client = as_person(with_all_roles(one))

    got = {(path, way): getattr(client, way)(path).status_code for path in paths_to(things) for way in ("get", "post")}

    assert {path: status for path, status in got.items() if status not in (404, 405)} == {}
    assert len(got) >= 40


@pytest.mark.demand("features, 70", "M14")
@pytest.mark.parametrize("how", ["leads", "said"])  # who leads the manager is asked to approve
def test_no_list_of_reviews_meetings_promises_or_findings_names_the_account(how, as_person):
    one, review, _other = conflicted(how)
    account = fresh(review.membership.account)
    a_follow_up(account.manager, request=make_request("in_approval", account=account))
    candidate, by = make_candidate(account=account), office("admin")
    said = {"words": "The form asks twice.", "severity": "medium", "reported_by": by, "owner": by}
    begin(Finding(wave=candidate.wave, candidate=candidate, **said), by=by)
    client = as_person(one)
    lists = [reverse(f"reviews:{name}") for name in ("requests", "approvals", "follow-ups")]
    lists += [reverse("pilots:findings", args=[candidate.wave_id]), candidate.wave.get_absolute_url()]

    named = [url for url in lists if NAME in client.get(url).content.decode()]

    assert named == []
    assert not in_calendar(one)
    assert NAME in as_person(review.chair).get(reverse("reviews:follow-ups")).content.decode()


@pytest.mark.demand("features, 70")
def test_what_others_owe_somebody_on_an_account_they_are_recused_from_is_not_named_to_them(as_person):
    one, review, _other = conflicted("manages")
    make_request("submitted", account=fresh(review.membership.account))
    assert Obligation.objects.open().filter(account_id=review.membership.account_id).update(waiter=one) >= 2

    today = as_person(one).get("/").content.decode()
    own = as_person(one).get(reverse("desk:person", args=[one.pk])).content.decode()

    assert NAME not in today
    assert NAME not in own
    assert not Obligation.objects.awaited_by(one).exists()


@pytest.mark.demand("features, 70", "M14")
def test_every_machine_that_belongs_to_an_account_leaves_out_what_is_absent():
    people = [make_user("executive"), with_all_roles(make_user("executive"))]
    ours = [model for model in machines() if model._meta.app_label in APPS]
    of_accounts = [model for model in ours if getattr(model, "account_id", None) is not None]

    lets_through = [
        (model.__name__, sorted(person.roles))
        for model in of_accounts
        for person in people
        if (sql := asked(model, person)) is not None and "keyaccounts_panelreview" not in sql
    ]

    assert lets_through == []
    assert len(of_accounts) >= 15


@pytest.mark.demand("features, 70")
def test_after_the_release_all_of_it_is_there_again():
    one, review, other = conflicted("said")
    request = make_request("in_approval", account=fresh(review.membership.account))
    seen = type(request)._default_manager
    assert not seen.visible_to(one).exists()

    for account in (review, other):
        decided(account, "qualify")
    released(review.session)

    assert seen.visible_to(one).get() == request


def test_an_executive_on_no_panel_still_sees_all_of_it():
    request = make_request("in_approval", account=before_panel().membership.account)
    one = make_user("executive")

    assert all(
        type(row)._default_manager.visible_to(one).filter(pk=row.pk).exists() for row in things_of(request).values()
    )
