"""While an approval waits or stands, nothing of the content changes without ending it (features, 52; M4)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from acr_program.people.models import User
from acr_program.workflow.errors import Refused
from acr_program.workflow.perform import perform
from reviews.models import Approval
from tests.factories import fresh, make_user
from tests.reviews.work import signed_in, to_approval

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-16", "M4", "features, 52", "features, 53")]
STANDS = ("pending", "approved")
GIVEN: dict[str, Any] = {
    "comment": "As it is.", "text": "Other words.", "unchanged": True, "carrier": "DHL", "tracking": "1", "sections": [],
}  # fmt: skip
ASKS = {
    "submit": ("text",), "send_back": ("comment",), "waive": ("comment",), "withdraw": ("comment",), "cancel": ("comment",),
    "ask_for_changes": ("comment",), "rework": ("comment", "unchanged"), "reopen": ("comment",), "ship": ("carrier", "tracking"),
}  # fmt: skip


@pytest.fixture
def approval():
    return to_approval(delivery="printed", copies=2, ship_to="1 Main Street")


def everybody(approval):
    review, section = approval.request, approval.request.contributions.get()
    named = {review.rep, approval.approver, section.contributor, User.objects.clock(), User.objects.customer()}
    return [
        *named,
        *User.objects.holding("admin"),
        *User.objects.holding("manager"),
        make_user("contributor"),
        make_user("leader"),
    ]


def content_of(review):
    """What the document of the review would say now, and the version that counts."""
    document = fresh(review).latest_document()
    return {**document.render_inputs(), "document": {}, "number": document.number, "status": document.status == "void"}


def tried(approval, thing, name, person):
    """Whether the content has changed under an approval that still waits or stands, had this person taken this step."""
    before = content_of(approval.request)
    with transaction.atomic():
        try:
            data = {key: GIVEN[key] for key in ASKS.get(name, ())}
            perform(thing, name, by=person, seen=thing.version, **data)
            taken = True
        except (Refused, PermissionDenied, TypeError):
            taken = False
        changed = taken and content_of(approval.request) != before
        kept = Approval.objects.filter(document=approval.document_id, status__in=STANDS).exists()
        transaction.set_rollback(True)
    return taken, changed, changed and kept


@pytest.mark.parametrize("decided", [False, True])
def test_no_step_of_anybody_changes_the_content_under_an_approval(approval, decided):
    if decided:
        perform(approval, "approve", by=approval.approver, seen=approval.version, signs=approval.signs)
    review = fresh(approval.request)
    things = [review, *review.contributions.all(), *review.documents.all()]

    found = {
        (type(thing).__name__, name): tried(approval, fresh(thing), name, person)
        for thing in things
        for name in thing.declared_steps()
        for person in everybody(approval)
        if name not in ("rendered", "failed")
    }

    assert [step for step, (_taken, _changed, wrong) in found.items() if wrong] == []
    assert len(found) > 25


def test_the_walk_sees_what_it_looks_for(approval):
    """The control: a text that is written past the steps is seen to have changed under the approval."""
    before = content_of(approval.request)
    section = approval.request.contributions.get()
    type(section)._base_manager.filter(pk=section.pk).update(text="Other words.")

    assert content_of(approval.request) != before
    assert fresh(approval).status == "pending"


@pytest.mark.parametrize("who", ["rep", "admin"])
def test_the_form_of_the_request_is_shut_meanwhile(approval, who):
    review = approval.request
    person = review.rep if who == "rep" else User.objects.holding("admin").first()

    answered = signed_in(person).post(
        f"{review.get_absolute_url()}edit/", {"goal": "More.", "seen": review.version, "key": "k"}
    )

    assert answered.status_code == (409 if who == "rep" else 403)
    assert fresh(review).goal == review.goal


@pytest.mark.parametrize("name", ["submit", "send_back", "reconsider", "recall"])
def test_a_section_is_locked_with_a_sentence(approval, name):
    section = approval.request.contributions.get()
    person = section.contributor if name in ("submit", "recall") else User.objects.holding("admin").first()

    answered = signed_in(person).post(
        f"{section.get_absolute_url()}steps/{name}/",
        {"text": "New.", "comment": "x", "seen": section.version, "key": "k"},
    )

    assert answered.status_code == 409
    assert fresh(section).text == section.text


def test_after_any_change_the_approval_asked_is_another_one(approval):
    from tests.reviews.test_shown import mended

    for text in ("We shipped what we promised", "We shipped what we promised.", "We shipped  what we promised."):
        again = mended(approval, text)
        assert (fresh(approval).status, again.status, again.signs == approval.signs) == (
            "changes_requested",
            "pending",
            False,
        )
        approval = again


def test_what_is_printed_is_what_was_approved_whatever_becomes_of_the_account(approval):
    from accounts import actions

    perform(approval, "approve", by=approval.approver, seen=approval.version, signs=approval.signs)
    before = fresh(approval.document).manifest.digest
    account = fresh(approval.request.account)
    actions.change(account, by=User.objects.holding("admin").first(), seen=account.version, name="Renamed")

    document = fresh(approval.document)
    assert (document.status, document.manifest.digest, fresh(approval).signs) == ("sealed", before, before)
