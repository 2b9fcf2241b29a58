"""One touch-point as one person sees it, and the quarter as a board by function."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.desk.models import Draft
from acr_program.people.models import User
from acr_program.people.roles import program_office
from acr_program.ui.parts import Figure
from acr_program.workflow.offers import Offer
from reviews.actions.touching import draft_name
from reviews.choices_library import ANSWERED, TouchKind
from reviews.choices_library import TouchStatus as S
from reviews.forms.by_link import Coded
from reviews.forms.touching import AnswersForm
from reviews.models import Question, TouchPoint
from reviews.models.touch_point import asked_contributor
from reviews.quarters import label_of, quarter_of

from .deviation_page import as_set
from .one import OnePage

TYPED = ("answer_", "text_", "words_")
OPEN = (S.ASKED, S.MISSED)


@dataclass
class TouchPage(OnePage[TouchPoint]):
    """What is asked, what is typed so far, and what was answered."""

    ASKS: ClassVar[type[AnswersForm]] = AnswersForm

    given: AnswersForm | None = None  # as it was sent, where it needs another look

    @property
    def writes(self) -> bool:
        """Whether the questions stand there to be answered."""
        return self.of.status in OPEN and asked_contributor(self.user, self.of)

    @property
    def may_suggest(self) -> bool:
        """Whether the lesson can be made a suggestion by this reader."""
        return bool(self.of.lesson) and program_office(self.user)

    @property
    def offers(self) -> list[Offer]:
        """What is offered beside the questions."""
        return [offer for offer in self.all_offers if not (self.writes and offer.name == "report_change")]

    @cached_property
    def draft(self) -> Draft | None:
        return Draft.objects.filter(person=self.user, form=draft_name(self.of)).first() if self.writes else None

    @property
    def restored_at(self) -> datetime | None:
        return self.draft.saved_at if self.draft and self.given is None else None

    @cached_property
    def form(self) -> AnswersForm | None:
        if not self.writes:
            return None
        return self.given or self.ASKS(obj=self.of, user=self.user, initial=self.draft.data if self.draft else {})

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Each question with its fields, and the text it asks about as the customer reads it."""
        rows = self.form.rows if self.form else []
        for row in rows:
            item = row["question"].item
            row["reads"] = as_set(item.current.text) if item and item.current else ""
            row["stale"] = bool(item) and item.is_stale(localdate())
        return rows

    @property
    def has_texts(self) -> bool:
        """Whether any of the questions is about a text; whoever owns none is asked for what is new alone."""
        return any(row["question"].item for row in self.rows)

    @cached_property
    def answered(self) -> list[Question]:
        return list(self.of.questions.select_related("item", "revision"))


class CodedAnswersForm(Coded, AnswersForm):
    """The same questions, and the code of the mail."""


class TouchLinkPage(TouchPage):
    """The touch-point for whoever came by a mailed link."""

    ASKS = CodedAnswersForm


def typed_in(data: QueryDict, longest: int) -> dict[str, str]:
    """What was typed into the questions so far; no text longer than a section."""
    return {name: str(value)[:longest] for name, value in data.items() if name.startswith(TYPED)}


@dataclass(frozen=True)
class OfFunction:
    """How a function stands in the quarter."""

    name: str
    people: list[TouchPoint]

    @property
    def done(self) -> int:
        return sum(touch.is_answered for touch in self.people)

    @property
    def late(self) -> int:
        return sum(touch.is_late for touch in self.people)


@dataclass
class QuarterBoard:
    """One quarter: how many were asked and have answered, and each function with its people."""

    quarter: date
    user: User

    @cached_property
    def by_function(self) -> list[Any]:
        """Each touch-point as often as its person answers for functions: one query."""
        rows = TouchPoint.objects.visible_to(self.user).of(self.quarter).for_page()
        return list(rows.by_function().order_by("person__name", "pk"))

    @cached_property
    def rows(self) -> list[TouchPoint]:
        return list({touch.pk: touch for touch in self.by_function}.values())

    @property
    def label(self) -> str:
        return label_of(self.quarter)

    @property
    def figures(self) -> list[Figure]:
        asked = [touch for touch in self.rows if touch.status != S.SCHEDULED]
        late = sum(touch.is_late for touch in self.rows)
        done = sum(touch.status in ANSWERED for touch in asked)
        return [
            Figure(len(asked), _("asked"), _("of %(all)d") % {"all": len(self.rows)}),
            Figure(done, _("answered")),
            Figure(sum(touch.status == S.CHANGED for touch in asked), _("with something new")),
            Figure(sum(touch.status == S.ASKED and not touch.is_late for touch in asked), _("still due")),
            Figure(late, _("overdue or missed"), tone="bad" if late else ""),
        ]

    @cached_property
    def functions(self) -> list[OfFunction]:
        """Each function with those who answer for it; whoever answers for none stands at the end."""
        of: dict[str, list[TouchPoint]] = defaultdict(list)
        for touch in self.by_function:
            if touch.kind == TouchKind.CONTRIBUTOR:
                of[touch.function or _("The program office")].append(touch)
        of[_("Star performers")] = [touch for touch in self.rows if touch.kind == TouchKind.STAR]
        return [OfFunction(name, people) for name, people in sorted(of.items()) if people]


def board_of(user: User, asked: str) -> QuarterBoard:
    """The quarter that is asked for by its first day, else the one that runs."""
    try:
        quarter = quarter_of(date.fromisoformat(asked))
    except ValueError:
        quarter = quarter_of(localdate())
    return QuarterBoard(quarter, user)
