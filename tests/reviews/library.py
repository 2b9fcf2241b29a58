"""What tests of the library and of the touch-points begin with."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils.timezone import localdate

from acr_program.people.models import User
from acr_program.workflow.edit import begin
from reviews.actions.library import put_forward
from reviews.models import ContentItem, Question, Revision, Section, TemplateVersion, TouchPoint
from tests.acting import numbers
from tests.factories import fresh, make_function, make_template, office, take


def the_text(key: str = "ordering", unit: str = "") -> Revision:
    """The current text of a section of the executive template, read anew."""
    texts = Revision.objects.for_page().filter(item__audience="executive", status="current")
    return texts.get(item__key=key, item__unit=unit)


def let_go_stale(key: str = "ordering", days: int = 200) -> date | None:
    """As if the last word that it holds had been said so long ago; never at all where no days are said."""
    confirmed = localdate() - timedelta(days=days) if days else None
    until = localdate() - timedelta(days=1)
    Revision.objects.filter(item__key=key, status="current").update(
        confirmed_on=confirmed, fresh_until=until if days else None
    )
    return confirmed


def a_library(
    *, function: Any = None, audience: str = "executive", body: str = "Order by telephone."
) -> TemplateVersion:
    """A published version with a letter and one standard text, which this function owns."""
    template = make_template(audience, sections=1, status="draft")
    Section.objects.create(
        template=template, place=9, key="ordering", title="How to order", kind="standard", body=body, function=function
    )
    return take(template, "publish", office("manager"))


def item(key: str = "ordering", unit: str = "") -> ContentItem:
    return ContentItem.objects.for_page().get(key=key, unit=unit)


ROAD: dict[str, tuple[str, ...]] = {
    "proposed": (),
    "rejected": ("reject",),
    "current": ("accept",),
    "superseded": ("accept",),
}


def a_text(owner: Any, status: str = "current", *, text: str = "All about it.") -> Revision:
    """One wording of a text that this person answers for, led to that state; no template says it."""
    number = next(numbers)
    text_of = ContentItem.objects.create(
        audience="operational", key=f"text-{number}", title=f"Text {number}", function=make_function(contributor=owner)
    )
    revision = put_forward(text_of, by=owner, text=text, note="It is new.")
    for name in ROAD[status]:
        revision = take(
            revision, name, office("manager"), **({"comment": "Not like this."} if name == "reject" else {})
        )
    if status == "superseded":
        later = put_forward(text_of, by=owner, text="All about it, anew.")
        take(later, "accept", office("manager"))
    return fresh(revision)


YEARS = count(2030)  # of their own: what counts everything else in a run passes the last year that there is


def a_touch(person: Any, status: str = "asked", *, kind: str = "contributor", texts: int = 1) -> TouchPoint:
    """What a person is asked in a quarter of its own, led to that state, with so many texts of theirs."""
    quarter = date(next(YEARS), 1, 1)
    touch = begin(TouchPoint(person=person, kind=kind, quarter=quarter), by=User.objects.clock())
    if status == "scheduled":
        return touch
    touch = take(touch, "ask", office("manager"))
    if kind == "contributor":
        for _text in range(texts):
            Question.objects.create(touch=touch, item=a_text(person).item)
    said: dict[str, tuple[str, Any, dict[str, Any]]] = {
        "confirmed": ("confirm_unchanged", person, {}),
        "changed": ("report_change", person, new_words(touch)),
        "answered": ("answer", person, {"lesson": "Bring the figures first."}),
        "missed": ("lapse", User.objects.clock(), {}),
    }
    if status in said:
        name, by, data = said[status]
        touch = take(touch, name, by, **data)
    return fresh(touch)


def new_words(touch: TouchPoint) -> dict[str, Any]:
    """What the step takes: the first text is new, whatever else is asked has not changed."""
    questions = list(touch.questions.all())
    first = next((one for one in questions if one.item_id), None)
    answers: list[dict[str, Any]] = [
        {"question": one.pk, "answer": "unchanged"} for one in questions if first is None or one.pk != first.pk
    ]
    if first is not None:
        answers.append({"question": first.pk, "answer": "changed", "words": "New.", "text": "A new text of it."})
    return {"answers": answers}


def new_words_typed(touch: TouchPoint) -> dict[str, str]:
    """The same, as somebody types it into the form."""
    data: dict[str, str] = {}
    for row in new_words(touch)["answers"]:
        data |= {f"{name}_{row['question']}": str(row[name]) for name in ("answer", "words", "text") if name in row}
    return data
