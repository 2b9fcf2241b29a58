"""The quarters of the demo year: who answers for the standard texts, and what each said when they were asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import get_default_timezone, make_aware

from acr_program.charter.models import Function
from acr_program.people.models import User
from reviews.choices_library import Answer, TouchStatus
from reviews.models import Revision, TemplateVersion, TouchPoint
from reviews.quarters import first_working_day, following, quarter_of

from .acting import act
from .stories import Story

OWNERS = {"sustainability": "Quality and sustainability", "ordering": "Logistics"}
# Days after the quarter's first working day; Kenji answers once the quarter is over, and of the last one not at all.
PROMPT = {
    "Owen Castellane": 8,
    "Femi Adeyemi-Rasmussen": 9,
    "Bea Sørlie": 11,
    "Anouk Ferrand": 15,
    "Dmitri Vasquez": 10,
}
LATE, LATE_DAYS = "Kenji Otsuka", 125
PLANT = "The new press in Tacoma runs on wind power since this spring."
PORTAL = "\n\nOrders that reach the portal by noon leave our warehouse on the same day."


def give_owners(template: TemplateVersion) -> None:
    """Each standard text of the draft to the function that knows whether it is true."""
    for key, name in OWNERS.items():
        template.sections.filter(key=key).update(function=Function.objects.get(name=name))


def quarters(people: dict[str, User], begins: datetime, ends: datetime) -> Iterator[tuple[datetime, Story]]:
    """When everybody answers, quarter by quarter; in the last ones something has changed, and one text waits."""
    manager, quarter, last = people["Owen Castellane"], quarter_of(begins.date()), quarter_of(ends.date())
    before = quarter_of(last - timedelta(days=1))
    while quarter <= last:
        opens = max(first_working_day(quarter), begins.date())
        for name, days in PROMPT.items():
            how: Callable[[TouchPoint], Story] = unchanged
            if (name, quarter) == ("Bea Sørlie", before):
                how = changed(PORTAL, manager)
            elif (name, quarter) == ("Femi Adeyemi-Rasmussen", last):
                how = changed(f"\n\n{PLANT}", None)
            elif (name, quarter) == ("Anouk Ferrand", before):
                how = added
            yield moment(opens, days), word(people[name], quarter, how)
        if quarter != before:
            yield moment(opens, LATE_DAYS), word(people[LATE], quarter, unchanged)
        quarter = following(quarter)


def moment(day: date, days: int) -> datetime:
    return make_aware(datetime.combine(day + timedelta(days=days), time(10)), get_default_timezone())


def word(person: User, quarter: date, how: Callable[[TouchPoint], Story]) -> Story:
    """Nothing where they were not asked in that quarter."""
    touch = TouchPoint.objects.filter(person=person, quarter=quarter).first()
    if touch is not None and touch.status in (TouchStatus.ASKED, TouchStatus.MISSED):
        yield from how(touch)


def unchanged(touch: TouchPoint) -> Story:
    act(touch, "confirm_unchanged", touch.person)
    yield from ()


def added(touch: TouchPoint) -> Story:
    answers: list[dict[str, Any]] = [{"question": one.pk, "answer": Answer.UNCHANGED} for one in touch.questions.all()]
    answers[-1] |= {"answer": Answer.ADDED, "words": "We show at the trade fair in Lyon again; say so on the cover."}
    act(touch, "report_change", touch.person, answers=answers)
    yield from ()


def changed(more: str, accepts: User | None) -> Callable[[TouchPoint], Story]:
    """A text with something more in it, which the manager accepts some days later, or has not looked at yet."""

    def say(touch: TouchPoint) -> Story:
        answers: list[dict[str, Any]] = []
        for one in touch.questions.select_related("item__current"):
            answers.append({"question": one.pk, "answer": Answer.UNCHANGED})
            if one.item and one.item.current and one.item.key in OWNERS:
                answers[-1] |= {"answer": Answer.CHANGED, "text": one.item.current.text + more, "words": more.strip()}
        act(touch, "report_change", touch.person, answers=answers)
        if accepts:
            yield timedelta(days=4)
            for revision in Revision.objects.filter(status="proposed", author=touch.person):
                act(revision, "accept", accepts)

    return say
