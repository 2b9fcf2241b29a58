"""Slots, which a representative fills, and that there is no other way to write what a document says (R-03)."""

from __future__ import annotations

import pytest

from accounts.actions import change
from acr_program.people.access import declared
from acr_program.people.roles import the_clock
from acr_program.workflow.docs import machines
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.registry import edit_doors
from reviews.models import InformationRequest, ReviewRequest
from tests.factories import fresh, make_user, office, take
from tests.reviews.test_deviations import a_review, finish, proposed
from tests.reviews.work import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-03")]


@pytest.mark.demand("features, 40")
@pytest.mark.demand("features, 22")
def test_the_representative_fills_the_declared_slot_as_a_contributor_does():
    request = a_review(slot=True)
    slot = request.contributions.get(section__slot=True)

    take(slot, "submit", request.rep, text="I look forward to our year.")
    take(slot, "accept", office("admin"))
    finish(request)

    said = [s for s in fresh(request).latest_document().render_inputs()["sections"] if s["key"] == "word"]
    assert slot.contributor == request.rep
    assert "I look forward to our year." in said[0]["html"]


@pytest.mark.demand("features, 40")
def test_no_step_lets_a_representative_write_what_a_document_says(people):
    """Over every step of every machine: what a rep may take on the parts of a document is the slot, and no more."""
    request = a_review("in_approval")
    rep = request.rep
    document, approval = request.latest_document(), request.approvals.first()
    section = request.contributions.first()
    rows = {
        "document": document,
        "approval": approval,
        "informationrequest": section,
        "templateversion": request.template,
    }

    may = {
        f"{name}.{step.name}"
        for machine in machines()
        if (name := machine._meta.model_name) in rows
        for step in machine.declared_steps().values()
        if step.is_for(rep, rows[name])
    }

    assert may == set()
    fields = {field for door in edit_doors(ReviewRequest) for field in door.fields}
    assert fields.isdisjoint({"template", "contributions", "documents"})
    assert not any(door.may(rep, request) for door in edit_doors(ReviewRequest))
    assert edit_doors(InformationRequest) == []


@pytest.mark.demand("features, 40")
def test_no_path_lets_a_representative_write_what_a_document_says():
    """Every path of the reviews that takes a POST, tried as the representative on a section that is another's."""
    request = a_review("gathering")
    section = request.contributions.get()
    client = signed_in(request.rep)
    before = LogEntry.objects.of(section).count()
    words = {
        "text": "My own words.",
        "note": "x",
        "comment": "x",
        "seen": str(section.version),
        "key": "k",
        "code": "1",
    }
    tried = {}
    for where, name, view in declared():
        if (
            name.startswith("reviews:contribution")
            and "POST" in view.methods
            and view.access.kind in ("reads", "steps")
        ):
            url = "/" + where.replace("<int:pk>", str(section.pk)).lstrip("/")
            for step in InformationRequest.declared_steps() if "<slug:name>" in where else [""]:
                tried[name, step] = client.post(url.replace("<slug:name>", step), words).status_code

    assert fresh(section).text == ""
    assert LogEntry.objects.of(section).count() == before
    steps = {step: status for (name, step), status in tried.items() if name == "reviews:contribution-step"}
    assert steps == dict.fromkeys(InformationRequest.declared_steps(), 403)
    assert tried["reviews:contribution-draft", ""] == 403


def test_an_account_handed_over_takes_its_open_slots_along():
    request = a_review(slot=True)
    new = make_user("rep", reports_to=make_user("leader"))
    account = request.account

    change(account, by=office("manager"), seen=fresh(account).version, manager=new)

    slot = request.contributions.get(section__slot=True)
    assert slot.contributor == new
    assert list(Obligation.objects.of(slot).open().values_list("person", flat=True)) == [new.pk]
    other = request.contributions.get(section__slot=False)
    assert other.contributor != new


@pytest.mark.demand("features, 52")
@pytest.mark.parametrize("status", ["in_approval", "approved", "printing", "delivered"])
def test_while_the_leaders_read_it_and_after_nothing_of_its_content_can_change(status):
    """No step on a section is open to anybody, and no other text can be proposed, until changes are asked for."""
    request = a_review(status)
    section = request.contributions.get(section__kind="input", section__slot=False)

    by_people = [step for step in section.outgoing() if any(role is not the_clock for role in step.by)]
    closed = {step.name: bool(section.unmet(step)) for step in by_people}

    assert section.status == "accepted"
    assert closed == {"send_back": True, "reconsider": True}
    with pytest.raises(Refused, match="past the point where its content can change"):
        proposed(request, by=office("admin"))
