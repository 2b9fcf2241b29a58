"""The year at a glance: how far this person's reviews have come, for Today and for the page of the year."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from acr_program.charter.choices import YearStatus
from acr_program.charter.models import ProgramYear
from acr_program.desk.glances import Glance
from acr_program.people.models import User
from acr_program.ui.charts import Bar, Funnel
from acr_program.ui.parts import Figure
from acr_program.ui.walking import by_set
from reviews.choices import RequestStatus as S
from reviews.models import ReviewRequest
from reviews.models.seeing import RequestQuerySet

OUT = (S.DELIVERED, S.MET, S.CLOSED)
HELD = (S.MET, S.CLOSED)
NOT_ASKED = (S.DRAFT, S.CANCELLED)


def year_at_a_glance(user: User) -> Glance | None:
    """One query; None for whom no review of a running year is to be seen."""
    reviews = ReviewRequest.objects.of_people_of(user)
    shown = so_far(reviews.filter(of_running_year(reviews)))
    return Glance("reviews/year.html", shown) if shown else None


def of_running_year(reviews: RequestQuerySet) -> Q | Exists:
    """Of all reviews the index on years finds these; a leader's people find theirs, and each is looked at."""
    years = ProgramYear.objects.filter(status=YearStatus.RUNNING).order_by()
    return Exists(years.filter(pk=OuterRef("year"))) if by_set(reviews) else Q(year__in=years.values("pk"))


def of_year(year: ProgramYear, user: User) -> str:
    """How far the reviews of one year have come; nothing where none is to be seen."""
    shown = so_far(ReviewRequest.objects.of_people_of(user).filter(year=year))
    return render_to_string("reviews/year.html", {"of": shown}) if shown else ""


def so_far(reviews: RequestQuerySet) -> dict[str, Any] | None:
    """Figures and funnel of these reviews: one query."""
    numbers: dict[str, int] = {}
    for _year, state, number in reviews.order_by().values_list("year", "status").annotate(n=Count("*")):
        numbers[state] = numbers.get(state, 0) + number  # by year as well: so they stand in the index
    if not numbers:
        return None

    def among(*states: str) -> int:
        return sum(number for state, number in numbers.items() if state in states)

    asked = sum(numbers.values()) - among(*NOT_ASKED)
    accepted = asked - among(S.SUBMITTED, S.RETURNED)
    approved = among(S.APPROVED, S.PRINTING, S.SHIPPED, *OUT)
    drafts = among(S.DRAFT)
    figures = [
        Figure(asked, _("requested, %(n)d more in draft") % {"n": drafts} if drafts else _("requested")),
        Figure(asked - among(*OUT), _("under way")),
        Figure(among(*OUT), _("delivered")),
        Figure(among(*HELD), _("met")),
    ]
    stages = [
        Bar(_("Requested"), asked), Bar(_("Accepted"), accepted), Bar(_("Approved"), approved),
        Bar(_("Delivered"), among(*OUT)), Bar(_("Met"), among(*HELD)),
    ]  # fmt: skip
    sentence = _("Of %(asked)d reviews requested this year %(out)d are delivered and %(met)d are met.") % {
        "asked": asked, "out": among(*OUT), "met": among(*HELD),
    }  # fmt: skip
    funnel = Funnel(sentence=sentence, stages=stages) if asked > 1 else None
    return {"figures": figures, "funnel": funnel}
