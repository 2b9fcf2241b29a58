"""Which memberships somebody sees, and what is read with them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q, Subquery

from acr_program.desk.models.presence import with_presence
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import overseers

from ..absent import without_recused
from ..choices import HOLDING, LIVE
from .programme import Programme


def sees_all(user: User) -> bool:
    return overseers(user) or user.has(Role.EXECUTIVE)


class MembershipQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> MembershipQuerySet:
        """The office, auditors and executives see all, leaders their people's, account managers their own; whoever is
        recused sees nothing of it."""
        rows = self
        if not sees_all(user):
            own = [user.pk, *user.stands_in_for]
            managers = User.objects.filter(Q(pk__in=own) | Q(reports_to__in=own)).order_by()
            rows = self.filter(account__manager__in=managers.values("pk"))
        found: MembershipQuerySet = without_recused(rows, user)
        return found

    def live(self) -> MembershipQuerySet:
        return self.filter(status__in=LIVE)

    def holding(self) -> MembershipQuerySet:
        """Those whose accounts have the status now."""
        return self.filter(status__in=HOLDING)

    def to_re_review(self, day: date) -> MembershipQuerySet:
        """Whose re-review is due on this day or before (K-21)."""
        return self.holding().filter(re_review_on__lte=day)

    def of_account(self, account: int) -> list[Any]:
        """Every membership of one account among these, newest first."""
        return list(
            self.filter(account=account).select_related("tier", "round", "nominated_by", "account").order_by("-pk")
        )

    def for_page(self) -> MembershipQuerySet:
        """With who is on it just now, what the customer knows, the keys of its scorecard and of the programme's chair."""
        rows = self.select_related(
            "account__manager__reports_to", "round", "tier", "nominated_by", "decided_by", "knowing"
        )
        chair = Subquery(Programme.objects.order_by("pk").values("chair")[:1])
        return with_presence(rows.annotate(card=F("scorecard"), usual_chair=chair), whole=True)

    def for_list(self) -> MembershipQuerySet:
        return self.select_related("account__manager", "round", "tier", "nominated_by", "decided_by")
