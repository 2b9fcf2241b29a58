"""What each step asks for, as whoever takes it would say it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from acr_program.files.models import Manifest
from acr_program.files.store import store
from acr_program.people.models import User
from tests.keyed import keyed
from tests.piloting import DECIDED, MEND
from tests.reviews.feedback import ANSWERS
from tests.reviews.library import new_words

WHY = {"comment": "As it is."}
PARCEL = {"carrier": "Post", "tracking": "T-1"}
COUNTS: dict[str, Any] = {"counts": {}}


def given(obj: Any, step: str) -> dict[str, Any]:
    """The words and choices for this step of this thing; nothing where it asks for none."""
    name = obj.step_name(step)
    asked = GIVEN.get(name) or keyed().given.get(name, {})
    return dict(asked(obj) if callable(asked) else asked)


def rendered(document: Any) -> dict[str, Any]:
    kept = store(b"%%PDF-1.7 document %d" % document.pk, "application/pdf")
    manifest = Manifest.seal([("print.pdf", kept, 12), ("screen.pdf", kept, 12)], inputs="0" * 64)
    return {"manifest": manifest, "pages": 12}


def changed(order: Any) -> dict[str, Any]:
    day = order.needed_by + timedelta(days=1)
    return WHY | {"copies": 40, "paper": "silk", "binding": "wire", "ship_to": "Dock 5", "needed_by": day}


def newer(request: Any) -> dict[str, Any]:
    return {"to": request.newer_template}


def handed_over(follow_up: Any) -> dict[str, Any]:
    return WHY | {"owner": follow_up.owner, "due_on": follow_up.due_on + timedelta(days=1)}


def to_the_same(inquiry: Any) -> dict[str, Any]:
    return WHY | {"given_to": inquiry.given_to or User.objects.holding("admin")[0]}


def choosable(wave: Any) -> list[int]:
    return list(wave.candidates.filter(status="qualified").values_list("pk", flat=True))


GIVEN: dict[str, Any] = {
    "inquiry.answer": WHY, "inquiry.hand_on": to_the_same, "inquiry.add": WHY, "inquiry.ask_again": WHY,
    "alignment.brief": lambda _one: {"briefed_on": localdate()}, "alignment.ask": WHY, "alignment.answer": WHY,
    "communication.withdraw": WHY, "receipt.waive": WHY, "trainingassignment.waive": WHY,
    "account.flag_risk": WHY, "account.recover": WHY, "account.close": WHY,
    "approval.approve": lambda approval: {"signs": approval.signs}, "approval.ask_for_changes": WHY, "approval.withdraw": WHY,
    "batch.looked": {"columns": {}, "options": {}}, "batch.not_read": WHY, "batch.checked": COUNTS, "batch.took_in": COUNTS,
    "batch.not_taken": WHY, "batch.undone": COUNTS, "batch.not_undone": WHY,
    "customerfeedback.answer": ANSWERS, "customerfeedback.void": WHY,
    "deviation.refuse": WHY, "deviation.withdraw": WHY,
    "document.rendered": rendered, "document.failed": WHY,
    "finding.decide": lambda one: MEND | {"owner": one.owner}, "finding.resolve": WHY, "finding.reopen": WHY,
    "pilotcandidate.agree": {"agrees": True}, "pilotcandidate.rate": {"score": 4, "words": "Plans ahead."},
    "pilotcandidate.disqualify": WHY | {"criterion": "Success has been shown"}, "pilotcandidate.withdraw": WHY,
    "pilotcandidate.give_feedback": {"ratings": [], "we_think": "They talk to us earlier."},
    "pilotcandidate.raise_flag": {"words": "A request for proposal is open."}, "pilotcandidate.settle_flag": WHY,
    "pilotwave.take_plan": lambda wave: {"pilots": choosable(wave)},
    "pilotwave.waive_unit": WHY | {"unit": "Food"}, "pilotwave.launch": {"warnings": []}, "pilotwave.conclude": DECIDED,
    "followup.finish": lambda one: {"outcome": "Walked.", "ended_on": localdate()}, "followup.hand_over": handed_over,
    "followup.drop": WHY, "followup.reopen": WHY,
    "informationrequest.submit": {"text": "We shipped what we promised."}, "informationrequest.send_back": WHY,
    "informationrequest.waive": WHY,
    "meeting.hold": lambda meeting: {"met_on": localdate()}, "meeting.cancel": WHY,
    "printorder.ship": PARCEL, "printorder.fail": WHY, "printorder.change": changed, "printorder.recall": WHY,
    "program.roll_out": WHY, "programyear.close": WHY,
    "repfeedback.give": {"worked": "They had read it."}, "repfeedback.suggest": {"about": "stage:gathering", "words": "A week."},
    "reviewrequest.start_compiling": WHY, "reviewrequest.request_approval": WHY, "reviewrequest.send_to_print": WHY,
    "reviewrequest.deliver_digital": WHY, "reviewrequest.upgrade": newer, "reviewrequest.upgrade_in_rework": newer,
    "reviewrequest.send_back": WHY, "reviewrequest.ask_for_changes": WHY, "reviewrequest.rework": WHY | {"unchanged": True},
    "reviewrequest.ship": PARCEL, "reviewrequest.reopen": WHY, "reviewrequest.cancel": WHY,
    "reviewrequest.hold_meeting": lambda request: {"met_on": localdate(), "attendees": "Kim"},
    "reviewrequest.close": {"customer_feedback": "More of the same."},
    "starperformer.decline": WHY, "starperformer.end": WHY,
    "revision.reject": WHY, "touchpoint.report_change": new_words, "touchpoint.answer": {"lesson": "Bring the figures first."},
    "suggestion.adopt": WHY, "suggestion.decline": WHY,
}  # fmt: skip
