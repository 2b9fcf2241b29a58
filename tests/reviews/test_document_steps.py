"""The machine of the compiled document, and of the approvals that sign it."""

from copy import deepcopy

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from acr_program.links.models import Link
from acr_program.outbox.models import Message
from acr_program.render.models import Rendering
from acr_program.workflow.errors import Stale, StepBlocked, StepClosed
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from reviews.choices import ApprovalStatus, DocumentStatus
from reviews.models import Document
from tests.factories import fresh, render, take, walk
from tests.fixtures import everybody

from .work import a_review

DOCUMENT_OFFERS = {  # state -> who is offered what, in order
    "pending": {"clock": ["rendered", "failed", "void"]},
    "ready": {"clock": ["seal", "void"]},
    "failed": {"admin": ["render_again"], "clock": ["void"]},
    "sealed": {"clock": ["void"]},
    "void": {},
}
DECIDE = ["approve", "ask_for_changes"]
APPROVAL_OFFERS = {  # of the first leader's approval
    "pending": {"leader": DECIDE, "clock": ["lapse"]},
    "approved": {"leader": ["withdraw"], "clock": ["lapse"]},
    "changes_requested": {},
    "lapsed": {},
}


@pytest.fixture(scope="module")
def made(once):
    """The office, and a review of Rita's account that is being compiled."""

    def build():
        people = everybody()
        return people, a_review(people, "compiling")

    return once(build)


@pytest.fixture
def here(made, db):
    return deepcopy(made)


@pytest.fixture
def people(here):
    return here[0]


@pytest.fixture
def review(here):
    """That review, led on to the wanted state; its log must be sound afterwards, as with any other."""
    yield lambda status: walk(here[1], to=status)
    assert list(verify()) == []


@pytest.fixture
def document(review, people):
    """A document in the wanted state."""

    def make(status):
        request = review({"ready": "in_approval", "sealed": "approved", "void": "cancelled"}.get(status, "compiling"))
        if status == "failed":
            request.latest_document().on_render_failed("The figures of the third quarter are missing.")
        return request.latest_document()

    return make


@pytest.mark.parametrize("status", DocumentStatus.values)
def test_offers_of_a_document(document, offered, status):
    made = document(status)

    assert (made.status, offered(made)) == (status, DOCUMENT_OFFERS[status])


def test_a_failed_rendering_says_why_and_can_be_tried_again(document, people):
    failed = document("failed")
    before = Rendering.objects.count()
    mail = Message.objects.filter(kind="failed").get()
    row = Obligation.objects.of(failed).open().get()

    again = take(failed, "render_again", people["admin"])

    assert failed.error == "The figures of the third quarter are missing."
    assert failed.error in mail.text
    assert (row.role, row.step) == ("admin", "render_again")
    assert (again.status, again.error, Rendering.objects.count()) == ("pending", "", before + 1)


def test_a_rendering_that_comes_too_late_changes_nothing(document):
    void = document("void")

    render(void)

    assert fresh(void).status == "void"


def test_the_database_takes_no_ready_document_without_its_files(document):
    pending = document("pending")

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=pending.pk).update(status="ready")


def test_a_void_document_is_opened_by_nobody(review, people):
    """Reopening takes back the link the customer has."""
    request = review("delivered")
    link = Link.objects.about(request.latest_document()).get()
    assert Link.objects.open().filter(pk=link.pk).exists()

    document = fresh(request.latest_document())
    take(document, "void", people["clock"])

    assert Link.objects.open().filter(pk=link.pk).exists() is False


@pytest.fixture
def approval(review, people):
    """The first leader's approval, in the wanted state."""

    def make(status="pending"):
        request = review("in_approval")
        first = request.approvals.get(approver=people["leader"])
        match status:
            case "approved":
                first = take(first, "approve", people["leader"], signs=first.signs)
            case "changes_requested":
                first = take(first, "ask_for_changes", people["leader"], comment="More.")
            case "lapsed":
                take(request, "cancel", people["rep"], comment="Other plans.")
        return fresh(first)

    return make


@pytest.mark.parametrize("status", ApprovalStatus.values)
def test_offers_of_an_approval(approval, offered, status):
    assert offered(approval(status)) == APPROVAL_OFFERS[status]


def test_an_approval_signs_the_manifest_that_was_shown(approval, people):
    asked = approval()

    done = take(asked, "approve", people["leader"], signs=asked.signs, comment="Well done.")

    assert (done.status, done.signs, done.comment) == ("approved", asked.document.manifest.digest, "Well done.")
    assert done.taken.entry.detail.data == {"signs": asked.signs}


@pytest.mark.parametrize("signs", ["", "0" * 64, "another"])
def test_another_manifest_is_not_signed(approval, people, signs):
    asked = approval()

    with pytest.raises(Stale, match="not the one you were shown"):
        take(asked, "approve", people["leader"], signs=signs)

    assert fresh(asked).status == "pending"


def test_leaders_decide_in_order(approval, people):
    second = approval().request.approvals.get(approver=people["second leader"])

    with pytest.raises(StepBlocked, match="Another leader decides first"):
        take(second, "approve", people["second leader"], signs=second.signs)


def test_the_second_leader_is_asked_when_the_first_has_approved(approval, people):
    request = approval("approved").request

    asked = [row.person for row in Obligation.objects.open().filter(step="approve", account_id=request.account_id)]
    mails = list(Message.objects.filter(kind="approval").order_by("created_at").values_list("person", flat=True))

    assert asked == [people["second leader"]]
    assert mails == [people["leader"].pk, people["second leader"].pk]


def test_nobody_else_approves(approval, people):
    asked = approval()

    for who in ("rep", "admin", "manager", "second leader", "contributor", "executive", "stranger"):
        with pytest.raises(PermissionDenied, match="“Approve” is for the leader asked"):
            take(asked, "approve", people[who], signs=asked.signs)


def test_a_new_version_asks_everybody_again(approval, people):
    request = approval("changes_requested").request
    take(request, "rework", people["admin"], comment="Done.")
    render(request.latest_document())

    states = list(request.approvals.order_by("document__number", "place").values_list("status", flat=True))

    assert states == ["changes_requested", "lapsed", "pending", "pending"]


def test_a_lapsed_approval_is_closed(approval, people):
    lapsed = approval("lapsed")

    with pytest.raises(StepClosed, match="“Approve” is not open here any more"):
        take(lapsed, "approve", people["leader"], signs=lapsed.signs)
