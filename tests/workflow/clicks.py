"""Each declared step at its dearest: the object as it stands before the click, who clicks, and what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from acr_program.files.models import Manifest
from acr_program.files.store import store
from acr_program.people.models import User
from acr_program.workflow.edit import begin, edit
from reviews.actions.deviating import propose
from reviews.models import FollowUp, ProcessVersion, ReviewRequest, Section
from tests import factories as make
from tests.acting import office, take
from tests.intake.batches import make_batch
from tests.reviews.feedback import asked, speak
from tests.reviews.newer import a_newer
from tests.reviews.processes import a_draft
from tests.walk import walk

Click = tuple[Any, User, dict[str, Any]]
WORD = {"comment": "As it is."}
SECTIONS = 4


def clock() -> User:
    return User.objects.clock()


def review(status: str, **fields: Any) -> ReviewRequest:
    """A review with several sections, two leaders who approve and two administrators who hear of it."""
    leader = make.make_user("leader")
    account = make.make_account(manager=make.make_user("rep", reports_to=leader))
    account.designated_leaders.add(make.make_user("leader"))
    while User.objects.holding("admin").count() < 2:
        make.make_user("admin")
    return make.make_request(status, account=account, sections=SECTIONS, **fields)


def part(status: str) -> Any:
    """A section of a review that is gathering."""
    section = review("gathering").contributions.first()
    ways = {"requested": (), "submitted": ("submit",), "accepted": ("submit", "accept"), "waived": ("waive",)}
    for name in ways[status]:
        by, data = (section.contributor, {"text": "Fine."}) if name == "submit" else (office("admin"), {})
        data = WORD if name == "waive" else data
        section = take(section, name, by, **data)
    return section


def last_part() -> Any:
    """The one section that is still to be accepted: the document is compiled with it."""
    first, *others = review("gathering").contributions.all()
    for section in (first, *others):
        take(section, "submit", section.contributor, text="Fine.")
    for section in others:
        take(section, "accept", office("admin"))
    return make.fresh(first)


def optional_out() -> Any:
    """Everything required is settled, and an optional section is still out."""
    request = review("gathering")
    first, *others = request.contributions.all()
    Section.objects.filter(pk=first.section_id).update(required=False)
    for section in others:
        take(section, "submit", section.contributor, text="Fine.")
        take(section, "accept", office("admin"))
    return make.fresh(request)


def unled() -> Any:
    """Rendered while nobody was there to approve; somebody is now."""
    request = review("compiling")
    account, rep = request.account, request.rep
    leaders = list(account.designated_leaders.all())
    account.designated_leaders.clear()
    User.objects.filter(pk=rep.pk).update(reports_to=None)
    make.render(request.latest_document())
    User.objects.filter(pk=rep.pk).update(reports_to=make.make_user("leader"))
    account.designated_leaders.set(leaders)
    return make.fresh(request)


def approval(place: int, status: str = "pending") -> Any:
    """One approval of two; those before it are given."""
    request = review("in_approval")
    found = request.approvals.order_by("place")
    for earlier in found.filter(place__lt=place + (status == "approved")):
        take(earlier, "approve", earlier.approver, signs=earlier.signs)
    return found.get(place=place)


def document(status: str) -> Any:
    made = review("compiling" if status in ("pending", "failed") else "in_approval").latest_document()
    return take(made, "failed", clock(), comment="A picture is broken.") if status == "failed" else made


def printed() -> dict[str, Any]:
    screen = store(b"%PDF-1.7 screen", "application/pdf")
    return {"manifest": Manifest.seal([("screen.pdf", screen, 12)], inputs="0" * 64), "pages": 12}


def template(status: str) -> Any:
    make.make_template()
    return make.make_template(status=status)


def tried(version: Any) -> Any:
    """Known to render on an account, as it has to be before it is published."""
    make.make_account()
    make.try_out(version)
    return version


def reinstated() -> Any:
    """One that was retired by the next, which retires in its place."""
    first = make.make_template()
    make.make_template()
    return make.fresh(first)


def newer(status: str) -> Click:
    """The template has gone on: two sections are kept, two given up, two asked for, and a deviation lapses."""
    request = review("gathering")
    letter = request.template.sections.get(key="letter")
    allowed = propose(request, letter, by=request.rep, text="Dear friends.", reason="We know them.")
    take(allowed, "allow", office("manager"))
    walk(make.fresh(request), to=status)
    more = tuple({"key": f"more-{n}", "function": make.make_function()} for n in range(2))
    a_newer(without=("part-2", "part-3"), add=more, change={"letter": {"body": "Another."}})
    request = make.fresh(request)
    return request, office("admin"), {"to": request.newer_template}


def as_office(role: str, make_it: Callable[[], Any], **data: Any) -> Callable[[], Click]:
    return lambda: (make_it(), office(role), data)


def as_clock(make_it: Callable[[], Any], **data: Any) -> Callable[[], Click]:
    return lambda: (make_it(), clock(), data)


def as_rep(status: str, **data: Any) -> Callable[[], Click]:
    return lambda: (request := review(status), request.rep, data)


def as_approver(place: int, **data: Any) -> Callable[[], Click]:
    def click() -> Click:
        asked = approval(place)
        return asked, asked.approver, data or {"signs": asked.signs}

    return click


def as_leader_again(status: str) -> Callable[[], Click]:
    """An approval that was given, of two; where the review is printing, both were."""

    def click() -> Click:
        given = approval(1, "approved") if status == "in_approval" else review(status).approvals.order_by("place")[0]
        return given, given.approver, WORD

    return click


def as_contributor() -> Click:
    section = part("requested")
    return section, section.contributor, {"text": "Fine."}


def held_up(**mended: Any) -> Callable[[], Any]:
    """Approved, held up for want of an address, and mended."""

    def make_it() -> Any:
        request = review("approved")
        whom = request.account.contacts.first()
        return edit(request, seen=request.version, by=office("admin"), recipient=whom, **mended)

    return make_it


def reworked() -> Click:
    request = review("changes_requested")
    return request, office("admin"), {"sections": list(request.contributions.all()[:2]), **WORD}


def deviation(status: str = "proposed") -> Any:
    """Another text for the letter, in a review for which all sections are settled: allowed, the document is compiled."""
    request = review("gathering")
    letter = Section.objects.get(template=request.template, key="letter")
    made = propose(request, letter, by=request.rep, text="Dear friends.", reason="We have known them for long.")
    for section in request.contributions.all():
        take(section, "submit", section.contributor, text="Fine.")
        take(section, "accept", office("admin"))
    return make.fresh(made) if status == "proposed" else take(made, "allow", office("manager"))


def follow_up(*ends: str) -> Any:
    """Something that a contributor undertook, reporting to a leader."""
    request = review("delivered")
    owner = make.make_user("contributor", reports_to=make.make_user("leader"))
    one = begin(
        FollowUp(request=request, owner=owner, what="Walk the dock.", due_on=localdate() + timedelta(days=30)), by=owner
    )
    for name in ends:
        one = take(one, name, owner, **(DONE if name == "finish" else {}))
    return one


def as_owner(*ends: str, **data: Any) -> Callable[[], Click]:
    return lambda: (one := follow_up(*ends), one.owner, data)


def handed_over() -> Click:
    one = follow_up()
    to = make.make_user("contributor")
    return one, one.owner, {"owner": to, "due_on": localdate() + timedelta(days=40), **WORD}


DONE = {"outcome": "Walked.", "ended_on": localdate()}
MEETING = {"met_on": localdate(), "attendees": "Kim"}
CANCELLED_FROM = ("draft", "submitted", "gathering", "compiling", "in_approval", "approved")


def unanswered() -> Any:
    """The representative has spoken, the customer was asked and is silent."""
    request = asked().request
    speak(request)
    return make.fresh(request)


def batch(status: str) -> Callable[[], Any]:
    return lambda: make_batch(status, office("admin"))


Clicks = dict[str, dict[str, Callable[[], Click]]]
CLICKS: Clicks = {
    "account": {
        "win": as_office("manager", lambda: make.make_account("prospect")),
        "flag_risk": as_office("manager", lambda: make.make_account("active"), **WORD),
        "recover": as_office("manager", lambda: make.make_account("at_risk"), **WORD),
        "close": as_office("manager", lambda: make.make_account("active"), **WORD),
        "close with a review": as_office("manager", lambda: review("gathering").account, **WORD),
        "reopen": as_office("manager", lambda: make.make_account("closed")),
    },
    "processversion": {
        "publish": as_office("manager", a_draft),
        "discard": as_office("manager", a_draft),
        "retire": as_clock(lambda: ProcessVersion.objects.in_force()),
    },
    "templateversion": {
        "publish": as_office("manager", lambda: tried(template("draft"))),
        "discard": as_office("manager", lambda: template("draft")),
        "retire": as_office("manager", lambda: template("published")),
        "reinstate": as_office("manager", reinstated),
        "unpublish": as_office("manager", lambda: template("published")),
    },
    "reviewrequest": {
        "submit": as_rep("draft"),
        "recall": as_rep("submitted"),
        "send_back": as_office("admin", lambda: review("submitted"), **WORD),
        "accept": as_office("admin", lambda: review("submitted")),
        "upgrade": lambda: newer("gathering"),
        "upgrade compiling": lambda: newer("compiling"),
        "upgrade_in_rework": lambda: newer("changes_requested"),
        "start_compiling": as_office("admin", optional_out, **WORD),
        "request_approval": as_office("admin", unled, **WORD),
        "ask_for_changes": as_clock(lambda: review("in_approval"), **WORD),
        "rework": reworked,
        "approve_all": as_clock(lambda: review("in_approval")),
        "send_to_print": as_office("admin", held_up(delivery="printed", copies=5, ship_to="1 Main Street"), **WORD),
        "deliver_digital": as_office("admin", held_up(), **WORD),
        "ship": as_office("admin", lambda: review("printing"), carrier="Post", tracking="T-1"),
        "confirm_delivery": as_office("admin", lambda: review("shipped")),
        "hold_meeting": as_rep("delivered", **MEETING),
        "close": as_office("admin", unanswered, customer_feedback="Thank you."),
        "reopen": as_office("manager", lambda: review("printing"), **WORD),
        **{f"cancel {status}": as_rep(status, **WORD) for status in CANCELLED_FROM},
    },
    "informationrequest": {
        "submit": as_contributor,
        "recall": lambda: (section := part("submitted"), section.contributor, {}),
        "accept": as_office("admin", lambda: part("submitted")),
        "accept the last": as_office("admin", last_part),
        "send_back": as_office("admin", lambda: part("accepted"), **WORD),
        "reconsider": as_office("admin", lambda: part("accepted")),
        "waive": as_office("admin", lambda: part("requested"), **WORD),
        "ask_again": as_office("admin", lambda: part("waived")),
        "withdraw": as_clock(lambda: part("requested"), **WORD),
    },
    "document": {
        "rendered": lambda: (document("pending"), clock(), printed()),
        "failed": as_clock(lambda: document("pending"), **WORD),
        "render_again": as_office("admin", lambda: document("failed")),
        "seal": as_clock(lambda: document("ready")),
        "void": as_clock(lambda: document("ready")),
    },
    "approval": {
        "approve": as_approver(1),
        "approve the last": as_approver(2),
        "ask_for_changes": as_approver(1, **WORD),
        "ask_for_changes the last": as_approver(2, **WORD),
        "withdraw": as_leader_again("in_approval"),
        "withdraw from print": as_leader_again("printing"),
        "lapse": as_clock(lambda: approval(1)),
    },
    "deviation": {
        "allow": as_office("manager", deviation),
        "refuse": as_office("manager", deviation, **WORD),
        "withdraw": as_office("admin", deviation, **WORD),
        "withdraw what is compiled": as_office("admin", lambda: deviation("allowed"), **WORD),
    },
    "followup": {
        "start": as_owner(),
        "finish": as_owner(**DONE),
        "hand_over": handed_over,
        "drop": as_owner(**WORD),
        "reopen": as_owner("finish", **WORD),
    },
    "batch": {
        "looked": as_clock(batch("uploaded"), columns={}, options={}),
        "not_read": as_clock(batch("uploaded"), **WORD),
        "check_rows": as_office("admin", batch("mapping")),
        "checked": as_clock(batch("checking"), counts={}),
        "take_in": as_office("admin", batch("ready")),
        "took_in": as_clock(batch("taking_in"), counts={}),
        "not_taken": as_clock(batch("taking_in"), **WORD),
        "undo": as_office("admin", batch("taken_in")),
        "undone": as_clock(batch("undoing"), counts={}),
        "not_undone": as_clock(batch("undoing"), **WORD),
        "drop": as_office("admin", batch("mapping")),
    },
}
