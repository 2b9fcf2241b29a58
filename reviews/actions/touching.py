"""The quarter's touch-points: who is asked, when, what follows from their word, and from its absence (R-09, R-10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from acr_program.charter.models import Program
from acr_program.desk.models import Draft
from acr_program.jobs.clock import duty
from acr_program.people.models import User
from acr_program.workflow.book import click, clock, current
from acr_program.workflow.days import add_working_days
from acr_program.workflow.edit import begin_many, edit_many
from acr_program.workflow.locks import lock_roots
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform, perform_many

from ..choices_library import Answer, RevisionStatus, TouchKind
from ..choices_library import TouchStatus as S
from ..models import ContentItem, Question, Revision, TouchPoint
from ..models.touch_point import DAYS
from ..quarters import ends_on, following, quarter_of
from .library import put_forward

AHEAD = timedelta(days=14)  # so long before a quarter its touch-points stand there, to be asked early
_stars: list[Callable[[], Iterable[User]]] = []


def asks_stars(source: Callable[[], Iterable[User]]) -> None:
    """Name a function that gives the star performers of the day; said in AppConfig.ready."""
    if source not in _stars:
        _stars.append(source)


def draft_name(touch: TouchPoint) -> str:
    """The name under which is kept what somebody is still typing into their answers."""
    return f"touch-point-{touch.pk}"


# Opening and asking


@duty("ask contributors each quarter", at=time(6, 30))
def keep_touch_points(moment: datetime) -> None:
    """Close the quarter that is over, open the one that runs or is about to, and ask from its first working day on.

    What a dead scheduler left undone is done now: each step looks at what is there, and asks nobody twice. Whoever begins
    to answer for something is asked the next morning, unless the quarter is over before their answer would be due.
    """
    today = localdate(moment)
    this = quarter_of(today)
    for touch in TouchPoint.objects.filter(status__in=[S.SCHEDULED, S.ASKED], quarter__lt=this):
        perform(touch, "lapse", by=User.objects.clock(), seen=touch.version)
    if add_working_days(today, DAYS) <= ends_on(this):
        schedule(this)
    if today >= following(this) - AHEAD:
        schedule(following(this))
    for touch in TouchPoint.objects.filter(status=S.SCHEDULED, quarter=this):
        if touch.opens_on <= today:
            perform(touch, "ask", by=User.objects.clock(), seen=touch.version)


def schedule(quarter: date) -> list[TouchPoint]:
    """One for each who is to be asked in the quarter and has none yet."""
    with click():
        known = set(TouchPoint.objects.of(quarter).values_list("person", "kind"))
        wanted = [
            TouchPoint(person=person, kind=kind, quarter=quarter)
            for kind, people in ((TouchKind.CONTRIBUTOR, contributors()), (TouchKind.STAR, stars()))
            for person in people
            if (person.pk, kind) not in known
        ]
        return begin_many(wanted, by=clock())


def contributors() -> list[User]:
    """Whoever answers for a function, and the program manager where a text is of none."""
    answering = Q(functions__isnull=False)
    if ContentItem.objects.filter(Q(function=None) | Q(function__contributor=None)).exists():
        answering |= Q(pk__in=Program.objects.values("manager"))
    return list(User.objects.filter(answering, is_active=True, is_system=False).distinct().order_by("pk"))


def stars() -> list[User]:
    found = {person.pk: person for source in _stars for person in source() if person.is_active}
    return list(found.values())


def put_questions(touch: TouchPoint, entry: LogEntry) -> None:
    """What is asked stands from the asking on, whoever answers for it later."""
    if touch.kind == TouchKind.CONTRIBUTOR:
        questions = [Question(touch=touch, item=item) for item in touch.owned()]
        questions.append(Question(touch=touch))  # whatever else they would have the documents say
        Question.objects.bulk_create(questions)


# What follows from a word, and from none


def all_unchanged(touch: TouchPoint, entry: LogEntry) -> None:
    """One word for everything that was asked."""
    touch.questions.update(answer=Answer.UNCHANGED)
    keep_fresh(touch, entry, touch.questions.exclude(item=None).values_list("item", flat=True))
    drop_draft(touch, entry)


def take_answers(touch: TouchPoint, entry: LogEntry) -> None:
    """What has not changed is fresh; a new text waits for the program manager, and the old one stays in use until then."""
    questions = {one.pk: one for one in touch.questions.select_related("item__function", "item__current")}
    for row in said_in(entry):
        question = questions[row["question"]]
        question.answer, question.words = row["answer"], row.get("words", "")
        if question.item and (text := row.get("text", "")):
            question.revision = put_forward(question.item, by=entry.by, text=text, note=question.words)
    Question.objects.bulk_update(questions.values(), ["answer", "words", "revision"])
    unchanged = [one.item_id for one in questions.values() if one.item_id and one.answer == Answer.UNCHANGED]
    keep_fresh(touch, entry, unchanged)
    drop_draft(touch, entry)


def said_in(entry: LogEntry) -> list[dict[str, Any]]:
    detail = getattr(entry, "detail", None)
    return list(detail.data.get("answers", [])) if detail else []


def keep_fresh(touch: TouchPoint, entry: LogEntry, items: Iterable[int | None]) -> None:
    """A person's word, and nothing else, makes a text fresh again."""
    wanted = sorted({pk for pk in items if pk})
    if wanted:
        lock_roots(Revision, wanted, current())
        rows = Revision.objects.filter(item__in=wanted, status=RevisionStatus.CURRENT)
        perform_many(rows, "confirm", by=entry.by, inside=entry, quarter=touch.quarter)


def drop_draft(touch: TouchPoint, entry: LogEntry) -> None:
    Draft.objects.filter(form=draft_name(touch)).delete()


def go_stale(touch: TouchPoint, entry: LogEntry) -> None:
    """What was asked about and got no word since is stale from the end of the quarter on, however lately it was written."""
    asked = touch.questions.exclude(item=None).values("item")
    rows = Revision.objects.filter(item__in=asked, status=RevisionStatus.CURRENT)
    rows = rows.filter(
        Q(confirmed_on=None) | Q(confirmed_on__lt=touch.asked_on or touch.ends_on), fresh_until__gt=touch.ends_on
    )
    edit_many([(row, {"fresh_until": touch.ends_on}) for row in rows], by=clock())
