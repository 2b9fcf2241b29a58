"""What customers gave reviews made before a suggestion was taken up and after it, side by side (M19)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Q
from django.utils.translation import gettext as _

from reviews.choices_feedback import CustomerStatus, Question
from reviews.choices_feedback import SuggestionStatus as S
from reviews.models import CustomerFeedback, Suggestion, TemplateVersion

from .feedback_results import said

LEAST_SHOWN = 5  # with fewer answers than this, one customer could be told from the average


@dataclass(frozen=True)
class Side:
    """The answers on one side: of what, how many, and the average of each question, or none where these are too few."""

    name: str
    count: int
    averages: dict[str, float | None]

    @property
    def shown(self) -> bool:
        return self.count >= LEAST_SHOWN

    @property
    def cells(self) -> list[tuple[Any, str]]:
        return [(q.label, said(self.averages[q.value]) if self.shown else _("too few")) for q in Question]


@dataclass(frozen=True)
class Ratings:
    before: Side
    after: Side

    least = LEAST_SHOWN

    @property
    def sides(self) -> list[Side]:
        return [self.before, self.after]

    @property
    def heads(self) -> str:
        return "|".join(str(word) for word in (_("Reviews made on"), _("Answers"), *Question.labels))

    @property
    def too_few(self) -> bool:
        return not (self.before.shown and self.after.shown)


def ratings_of(suggestion: Suggestion) -> Ratings | None:
    """Before and after the version that adopted it, or the day on which a step of the process did; two queries."""
    if suggestion.status != S.ADOPTED:
        return None
    if suggestion.adopted_in:
        return of_versions(suggestion.adopted_in)
    if suggestion.adopted_on is None:
        return None
    day = suggestion.adopted_on
    names = _("the process before"), _("the process since")
    return sides(names, Q(request__met_on__lt=day), Q(request__met_on__gte=day))


def of_versions(after: TemplateVersion) -> Ratings | None:
    """The version before it is the one that the same readers had until then."""
    earlier = TemplateVersion.objects.filter(audience=after.audience, number__lt=after.number).exclude(status="draft")
    before = earlier.order_by("-number").first()
    if before is None:
        return None
    return sides((str(before), str(after)), Q(request__template=before), Q(request__template=after))


def sides(names: tuple[str, str], before: Q, after: Q) -> Ratings:
    wanted: dict[str, Any] = {}
    for side, rule in (("before", before), ("after", after)):
        wanted[side] = Count("pk", filter=rule)
        wanted |= {f"{side}_{question}": Avg(question, filter=rule) for question in Question.values}
    found = CustomerFeedback.objects.filter(status=CustomerStatus.ANSWERED).aggregate(**wanted)

    def one(name: str, which: str) -> Side:
        return Side(name, found[which], {question: found[f"{which}_{question}"] for question in Question.values})

    return Ratings(one(names[0], "before"), one(names[1], "after"))
