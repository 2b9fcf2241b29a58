"""A review under way keeps its template, and is offered the newer one: what is kept, asked for, given up (R-04)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from acr_program.outbox.models import Message
from acr_program.workflow.errors import Stale, StepBlocked, StepClosed
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from acr_program.workflow.undo import why_not
from reviews.actions.upgrading import STEPS
from reviews.models import InformationRequest, ReviewRequest, Section, TemplateVersion
from tests.factories import fresh, make_function, make_request, make_template, make_user, office, render, take
from tests.reviews.newer import a_newer

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-04", "features, 33")]
WORDS = "We shipped what we promised."


@pytest.fixture(autouse=True)
def logs_are_sound():
    yield
    assert list(verify()) == []


def upgrade(request: ReviewRequest, by: Any = None, **data: Any) -> ReviewRequest:
    request = fresh(request)
    return take(request, STEPS[request.status], by or office("admin"), **({"to": request.newer_template} | data))


def part(request: ReviewRequest, key: str) -> InformationRequest:
    return request.contributions.filter(section__key=key).latest("pk")


def answered(request: ReviewRequest, *keys: str) -> None:
    for key in keys:
        take(part(request, key), "submit", part(request, key).contributor, text=WORDS)
        take(part(request, key), "accept", office("admin"))


def test_a_review_under_way_keeps_its_version_until_somebody_takes_the_newer_one():
    request = make_request("gathering")
    old = request.template

    newer = a_newer()

    assert fresh(request).template == old
    assert upgrade(request).template == newer


def test_what_was_answered_is_kept_by_its_key_and_is_in_the_document():
    request = make_request("gathering")
    answered(request, "part-2")
    newer = a_newer(change={"part-2": {"place": 3, "title": "Renamed"}})

    upgrade(request)

    kept = part(request, "part-2")
    assert (kept.status, kept.text, kept.section.template, kept.section.title) == ("accepted", WORDS, newer, "Renamed")
    answered(request, "part-3")
    said = {section["key"]: section for section in fresh(request).latest_document().render_inputs()["sections"]}
    assert said["part-2"]["title"] == "Renamed"
    assert WORDS in said["part-2"]["html"]


def test_a_new_section_is_asked_of_its_contributor_with_a_day_from_the_schedule():
    request, quality = make_request("gathering"), make_function("Quality")
    a_newer(add=({"key": "quality", "function": quality},))
    upgrade(request)

    asked = part(request, "quality")
    duty = Obligation.objects.of(asked).open().get()
    assert (asked.contributor, asked.status, asked.due_on) == (quality.contributor, "requested", request.content_by)
    assert (duty.person, duty.due_at.date()) == (quality.contributor, request.content_by)
    assert Message.objects.filter(person=quality.contributor).count() == 1


@pytest.mark.parametrize(
    "ways", [[], ["submit"], ["submit", "accept"], ["waive"]], ids=lambda ways: "-".join(ways) or "asked"
)
def test_a_section_that_is_gone_is_withdrawn_with_the_reason_and_its_contributor_told(ways: list[str]):
    request = make_request("gathering")
    for name in ways:
        gone = part(request, "part-2")
        by, data = (gone.contributor, {"text": WORDS}) if name == "submit" else (office("admin"), {})
        take(gone, name, by, **(data | ({"comment": "Not now."} if name == "waive" else {})))
    a_newer(without=("part-2",))
    Message.objects.all().delete()

    upgrade(request)

    gone = part(request, "part-2")
    why = "Version 2 of the template does not ask for this section any more."
    assert (gone.status, gone.log().last().comment) == ("withdrawn", why)
    assert why in Message.objects.get(person=gone.contributor).text
    assert not Obligation.objects.of(gone).open().exists()


def test_what_is_gone_is_no_gap_and_stands_on_no_page_of_the_review(as_person):
    request = make_request("gathering")
    a_newer(without=("part-2",))
    upgrade(request)

    answered(request, "part-3")

    assert fresh(request).status == "compiling"
    assert (
        "Part 2" not in as_person(office("admin")).get(request.get_absolute_url()).content.decode().split("Timeline")[0]
    )


def test_a_section_that_is_asked_in_another_way_is_asked_anew():
    request = make_request("gathering")
    answered(request, "part-2")
    a_newer(change={"part-2": {"kind": "commitments"}})

    upgrade(request)

    old, new = request.contributions.filter(section__key="part-2").order_by("pk")
    assert (old.status, new.status, new.section.kind) == ("withdrawn", "requested", "commitments")


@pytest.mark.parametrize(("locked", "states"), [(False, ["waived"]), (True, ["withdrawn", "requested"])])
def test_a_waived_section_stays_waived_unless_it_may_not_be_any_more(locked: bool, states: list[str]):
    request = make_request("gathering")
    take(part(request, "part-2"), "waive", office("admin"), comment="Nothing happened.")
    a_newer(change={"part-2": {"locked": locked}})

    upgrade(request)

    found = request.contributions.filter(section__key="part-2").order_by("pk")
    assert [one.status for one in found] == states


@pytest.mark.parametrize(("required", "states"), [(False, ["withdrawn"]), (True, ["withdrawn", "requested"])])
def test_what_the_document_went_on_without_is_asked_for_only_where_it_has_to_be_there_now(
    required: bool, states: list[str]
):
    request = make_request("gathering")
    Section.objects.filter(template=request.template, key="part-2").update(required=False)
    answered(request, "part-3")
    take(request, "start_compiling", office("admin"))
    a_newer(change={"part-2": {"required": required}})

    upgrade(request)

    found = request.contributions.filter(section__key="part-2").order_by("pk")
    assert [one.status for one in found] == states


def test_a_section_without_anybody_to_ask_shuts_the_step_with_its_reason():
    request = make_request("gathering")
    newer = a_newer(add=({"key": "quality", "function": make_function("Quality")},))
    newer.sections.get(key="quality").function.__class__.objects.filter(name="Quality").update(contributor=None)

    with pytest.raises(StepBlocked, match="no contributor"):
        upgrade(request)


# Where it stands


def test_one_that_is_compiled_waits_for_what_is_new_and_its_document_is_void():
    request = make_request("compiling")
    document = request.latest_document()
    a_newer(add=({"key": "quality", "function": make_function("Quality")},))

    now = upgrade(request)

    assert (now.status, fresh(document).status) == ("gathering", "void")
    answered(request, "quality")
    assert fresh(request).status == "compiling"
    assert [s["key"] for s in fresh(request).latest_document().render_inputs()["sections"]][:4] == [
        "letter", "part-2", "part-3", "quality",
    ]  # fmt: skip


def test_one_that_lacks_nothing_is_compiled_at_once_in_a_new_version():
    request = make_request("compiling")
    a_newer(change={"letter": {"body": "We thank you."}})

    now = upgrade(request)

    document = fresh(now).latest_document()
    assert (fresh(now).status, document.number, document.status) == ("compiling", 2, "pending")
    assert "We thank you." in document.render_inputs()["sections"][0]["html"]
    render(document)
    assert fresh(now).status == "in_approval"


def test_while_a_leaders_word_waits_the_review_stays_where_it_is_and_the_word_is_answered():
    request = make_request("changes_requested")
    a_newer(
        change={"letter": {"body": "We thank you."}}, add=({"key": "quality", "function": make_function("Quality")},)
    )

    now = upgrade(request)

    assert now.status == "changes_requested"
    assert Obligation.objects.of(now).open().get().step == "rework"
    take(now, "rework", office("admin"), unchanged=True, comment="The letter is another.")
    assert not fresh(now).documents.filter(status="pending").exists()
    answered(request, "quality")
    assert fresh(now).latest_document().status == "pending"


@pytest.mark.parametrize("status", ["in_approval", "approved", "delivered", "closed", "cancelled"])
def test_once_leaders_read_it_there_is_no_newer_template(status: str):
    request = make_request(status)
    newer = a_newer()

    for name in ("upgrade", "upgrade_in_rework"):
        with pytest.raises(StepClosed):
            take(request, name, office("admin"), to=newer)


# Who, and what of it


def test_who_is_still_writing_is_told_what_is_asked_otherwise_and_nobody_else():
    request = make_request("gathering", sections=3)
    answered(request, "part-3")
    changes = {"guidance": "Name the causes.", "max_words": 80}
    a_newer(change={"part-2": changes, "part-3": changes})
    Message.objects.all().delete()

    upgrade(request)

    mail = Message.objects.get(kind="section_changed")
    assert mail.person == part(request, "part-2").contributor
    assert "Name the causes." in mail.text
    assert "At most 80 words are printed." in mail.text
    assert not Message.objects.filter(person=part(request, "part-4").contributor).exists()


@pytest.mark.parametrize("role", ["admin", "manager"])
def test_the_office_takes_it_and_the_representative_is_told(role: str):
    request = make_request("gathering")
    a_newer()
    Message.objects.all().delete()

    upgrade(request, office(role))

    assert "took the newer template" in Message.objects.get(person=request.rep).subject


@pytest.mark.parametrize("role", ["rep", "leader", "contributor", "auditor", "executive"])
def test_nobody_else_takes_it(role: str):
    request = make_request("gathering")
    a_newer()

    with pytest.raises(PermissionDenied):
        upgrade(request, request.rep if role == "rep" else make_user(role))


def test_an_older_version_that_is_published_again_is_not_offered():
    request = make_request("gathering")
    TemplateVersion.objects.filter(pk=request.template_id).update(number=9)
    make_template()
    TemplateVersion.objects.filter(status="published").update(number=3)

    with pytest.raises(StepBlocked, match="No newer version"):
        upgrade(request, to=TemplateVersion.objects.get(status="published"))


def test_one_that_was_published_since_is_not_taken_unseen():
    request = make_request("gathering")
    shown = a_newer()
    a_newer()

    with pytest.raises(Stale, match="published since you looked"):
        upgrade(request, to=shown)


def test_it_cannot_be_taken_back_and_says_why():
    request = make_request("gathering")
    a_newer()
    now = upgrade(request)

    reason = why_not(now.taken.entry, fresh(now), office("admin"))

    assert reason == "“Take the newer template” cannot be taken back: no step leads back to where it began."


def test_the_log_names_the_version_that_was_taken():
    request = make_request("gathering")
    newer = a_newer()
    upgrade(request)

    entry = LogEntry.objects.get(step="upgrade")

    assert entry.detail.data["to"] == newer.pk
