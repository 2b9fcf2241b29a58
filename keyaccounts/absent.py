"""From whom an account is absent: whoever is recused from its panel finds it nowhere (feature 70, M14).

A member is recused who manages the account, leads its manager, stands in for one of them, or said to be in conflict. From the
day on which the account is on the agenda of their panel until its decisions are released they see nothing of its membership;
while it is voted on, nothing of the account itself. Its review by the panel stays absent for good.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from acr_program.people.choices import Role
from acr_program.people.models import User

from .choices_panel import BEFORE_RELEASE, UNDER_VOTE


def recused_reviews(user: User, states: Iterable[str] = ()) -> QuerySet[Any]:
    """The keys of the reviews by panels from which this person is recused, in these states alone where some are named."""
    reviews: Any = apps.get_model("keyaccounts", "PanelReview")._default_manager.order_by()
    sessions: Any = apps.get_model("keyaccounts", "PanelSession")
    recusals: Any = apps.get_model("keyaccounts", "Recusal")._default_manager.order_by()
    own = [user.pk, *user.stands_in_for]
    sits = sessions.members.through.objects.filter(user=user.pk).order_by().values("panelsession")
    manages = Q(membership__account__manager__in=own) | Q(membership__account__manager__reports_to__in=own)
    by_rule = Q(session__in=sits, status__in=BEFORE_RELEASE) & manages
    found = reviews.filter(by_rule | Q(pk__in=recusals.filter(person=user.pk).values("review")))
    return (found.filter(status__in=list(states)) if states else found).values("pk")


def without_recused(rows: Any, user: User) -> Any:
    """The same memberships without those from which this person is recused; they are absent, not refused."""
    return rows.exclude(pk__in=gone_from(user)) if user.has(Role.EXECUTIVE) else rows


def gone_from(user: User) -> QuerySet[Any]:
    """The keys of the memberships that are absent from this person."""
    reviews: Any = apps.get_model("keyaccounts", "PanelReview")._default_manager.order_by()
    return reviews.filter(pk__in=recused_reviews(user, BEFORE_RELEASE)).values("membership")


def countable(user: User, membership: str) -> Q:
    """Which rows are counted before this person: all but those whose `membership` is absent from them."""
    return ~Q(**{f"{membership}__in": gone_from(user)}) if user.has(Role.EXECUTIVE) else Q()


def absent_accounts(user: User) -> QuerySet[Any]:
    """The keys of the accounts that a panel votes on without this person."""
    reviews: Any = apps.get_model("keyaccounts", "PanelReview")._default_manager.order_by()
    return reviews.filter(pk__in=recused_reviews(user, UNDER_VOTE)).values("membership__account")
