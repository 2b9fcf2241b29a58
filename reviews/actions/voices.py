"""What people would change, whoever speaks, and the star performers who are asked each quarter (R-10)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import leaders, program_office
from acr_program.workflow.book import click
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry

from ..choices_library import TouchKind, TouchStatus
from ..choices_voices import LIVE_STAR, Source
from ..models import ReviewRequest, StarPerformer, Suggestion, TouchPoint
from ..promised import REACHED
from .feedback import place_of


def suggest(*, by: User, about: str, words: str) -> Suggestion:
    """Anybody of the house; the program manager answers, and whoever suggested it is told."""
    made = Suggestion(source=Source.OFFICE, suggested_by=by, words=words, **place_of(about))
    return begin(made, by=by)


def nominate(*, by: User, person: User, example: ReviewRequest, reason: str) -> StarPerformer:
    """A leader holds somebody up as an example. Raises Refused with the sentence where that cannot be."""
    if not leaders(by):
        raise PermissionDenied(_("Star performers are nominated by sales leaders."))
    with click():
        if refusal := why_not(person, example):
            raise Refused(refusal)
        return begin(StarPerformer(person=person, nominated_by=by, reason=reason, example=example), by=by)


def why_not(person: User, example: ReviewRequest) -> str:
    if StarPerformer.objects.filter(person=person, status__in=LIVE_STAR).exists():
        return _("%(name)s is a star performer already, or nominated as one.") % {"name": person.name}
    if example.rep_id != person.pk:
        return _("The example has to be a review of %(name)s.") % {"name": person.name}
    return ""


def examples_for(user: User) -> Any:
    """The reviews that can show why: those in the customer's hands, as far as this person sees them, newest first."""
    rows = ReviewRequest.objects.visible_to(user).filter(status__in=REACHED)
    return rows.select_related("account", "year", "rep").order_by("-meeting_on", "-pk")


def stars_of_the_day() -> list[User]:
    """Whom the quarter asks what their meetings taught."""
    return [star.person for star in StarPerformer.objects.confirmed().select_related("person").order_by("pk")]


def suggested_with_lesson(touch: TouchPoint, entry: LogEntry) -> None:
    """What a star performer would change, said beside what their meetings taught, goes to the one list."""
    detail = getattr(entry, "detail", None)
    said = detail.data if detail else {}
    if said.get("words"):
        begin_of_star(touch, by=entry.by, about=said.get("about", ""), words=said["words"])


def suggest_from_lesson(touch: TouchPoint, *, by: User, about: str, words: str) -> Suggestion:
    """The office makes a lesson a suggestion; whoever was taught it is told what becomes of it."""
    if not program_office(by):
        raise PermissionDenied(_("The program office makes suggestions of lessons."))
    with click():
        if touch.kind != TouchKind.STAR or touch.status != TouchStatus.ANSWERED:
            raise Refused(_("Nothing was said here that could become a suggestion."))
        return begin_of_star(touch, by=by, about=about, words=words)


def begin_of_star(touch: TouchPoint, *, by: User, about: str, words: str) -> Suggestion:
    made = Suggestion(source=Source.STAR, touch=touch, suggested_by=touch.person, words=words, **place_of(about))
    return begin(made, by=by)


def representatives() -> Any:
    """Who can be a star performer."""
    return User.objects.filter(grants__role=Role.REP, is_active=True).order_by("name", "pk").distinct()
