"""The clicks of what follows the approval: print orders, the meeting, and what is said after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from acr_program.people.models import User
from reviews.actions.library import put_forward
from reviews.models import CustomerFeedback, PrintOrder, RepFeedback, Suggestion
from tests import factories as make
from tests.acting import office, take
from tests.reviews.feedback import ANSWERS, answered, asked, held, speak
from tests.reviews.library import a_text, a_touch, new_words
from tests.reviews.meetings import INVITED, a_meeting, planned
from tests.reviews.voices import a_star

from .clicks import WORD, Click, Clicks, as_clock, as_office, review

SHIPMENT = {"carrier": "Post", "tracking": "T-1"}
ORDER_SAYS = {"fail": WORD, "ship": SHIPMENT}
CHANGED = {
    "copies": 9, "paper": "recycled", "binding": "stitched", "ship_to": "2 Main Street",
    "needed_by": localdate() + timedelta(days=40), **WORD,
}  # fmt: skip
SAID = {"worked": "They had read it.", "about": "stage:gathering", "words": "A week more."}


def order(*steps: str) -> Any:
    """The print order of a review that printed, handed to the printer at least once, led on by the office."""
    found = PrintOrder.objects.get(request=review("printing"))
    found.handovers.update(attempts=1)
    for name in steps:
        found = take(found, name, office("admin"), **ORDER_SAYS.get(name, {}))
    return make.fresh(found)


def as_order(*steps: str, **data: Any) -> Callable[[], Click]:
    return as_office("admin", lambda: order(*steps), **data)


def invited() -> Click:
    """A meeting of which four people, of both sides, have the calendar file."""
    meeting = planned(a_meeting(request=review("delivered")), others="Bo <bo@customer.example>", **INVITED)
    return make.fresh(meeting), meeting.request.rep, WORD


def suggested() -> Any:
    return Suggestion.objects.get(feedback=speak(held(), about="stage:gathering", words="A week more."))


def nominated(status: str = "nominated") -> Any:
    return a_star(make.make_user("rep", reports_to=office("leader")), office("leader"), status)


def proposed() -> Any:
    """A text that takes the place of another."""
    known = a_text(make.make_user("contributor"))
    return put_forward(known.item, by=known.author, text="All about it, anew.")


def touched(*, new: bool = False) -> Callable[[], Click]:
    """A contributor of five texts, who says of one what is new, or of all that nothing is."""

    def click() -> Click:
        touch = a_touch(make.make_user("contributor"), texts=5)
        return touch, touch.person, new_words(touch) if new else {}

    return click


AFTER: Clicks = {
    "printorder": {
        "send": as_order(),
        "printed": as_order("send"),
        "ship": as_order("send", "printed", **SHIPMENT),
        "deliver": as_order("send", "ship"),
        "fail": as_order("send", **WORD),
        "try_again": as_order("send", "fail"),
        "change": as_order("send", **CHANGED),
        "recall": as_order("send", **WORD),
    },
    "meeting": {
        "hold": as_clock(lambda: invited()[0], met_on=localdate(), outcome="Renewed."),
        "cancel": invited,
    },
    "customerfeedback": {
        "ask": as_office("admin", lambda: CustomerFeedback.objects.get(request=held())),
        "remind": as_office("admin", asked),
        "answer": lambda: (asked(), User.objects.customer(), ANSWERS),
        "void": as_office("admin", answered, **WORD),
        "lapse": as_clock(asked),
    },
    "repfeedback": {
        "give": lambda: (one := RepFeedback.objects.get(request=held()), one.request.rep, SAID),
        "suggest": lambda: (
            one := speak(held()),
            one.request.rep,
            {"about": "stage:gathering", "words": "A week more."},
        ),
    },
    "starperformer": {
        "confirm": as_office("manager", nominated),
        "decline": as_office("manager", nominated, **WORD),
        "end": as_office("manager", lambda: nominated("confirmed"), **WORD),
    },
    "revision": {
        "accept": as_office("manager", proposed),
        "reject": as_office("manager", lambda: a_text(make.make_user("contributor"), "proposed"), **WORD),
        "confirm": lambda: (one := a_text(make.make_user("contributor")), one.author, {}),
        "supersede": as_clock(lambda: a_text(make.make_user("contributor"))),
    },
    "touchpoint": {
        "ask": as_clock(lambda: a_touch(make.make_user("contributor"), "scheduled")),
        "confirm_unchanged": touched(),
        "report_change": touched(new=True),
        "answer": lambda: (
            one := a_touch(make.make_user("rep"), kind="star"),
            one.person,
            {"lesson": "Figures first."},
        ),
        "lapse": as_clock(lambda: a_touch(make.make_user("contributor"), texts=5)),
    },
    "suggestion": {
        "adopt": as_office("manager", suggested, **WORD),
        "decline": as_office("manager", suggested, **WORD),
    },
}
