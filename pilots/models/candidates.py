"""Which candidates somebody sees, how they are ranked, and what is read with them (P-04, P-22)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.absent import without_absent
from accounts.marks import marked
from accounts.models import Account
from acr_program.desk.models.presence import with_presence
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import overseers
from acr_program.workflow.book import once


def sees_all(user: User) -> bool:
    return overseers(user) or user.has(Role.EXECUTIVE)


def whose(user: User) -> list[int]:
    return [user.pk, *user.stands_in_for]


def is_seen(candidate: Any, user: User) -> bool:
    """As `visible_to` has it, of a row that is there already."""
    return sees_all(user) or not {candidate.manager_id, candidate.manager.reports_to_id}.isdisjoint(whose(user))


class CandidateQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> CandidateQuerySet:
        """The office, auditors and executives see all; leaders their people's; account managers their own."""
        if sees_all(user):
            found: CandidateQuerySet = without_absent(self, user, "account")
            return found
        own = whose(user)
        return self.filter(Q(manager__in=own) | Q(manager__reports_to__in=own))

    def of_account(self, account: int) -> list[Any]:
        """Every candidacy of one account, newest first, read once for a page or a click."""
        rows = self.filter(account=account).select_related("wave", "manager").order_by("-pk")
        return once(f"candidacies of account {account}", lambda: list(rows))

    def for_page(self) -> CandidateQuerySet:
        """With who is on it just now, and what its account is marked with."""
        rows = self.select_related("account", "manager__reports_to", "wave__criteria", "decided_by")
        return marked(with_presence(rows), "account_id")

    def for_list(self) -> CandidateQuerySet:
        """With its place, what its account is marked with, and what its scorecards go by."""
        rows = self.select_related("account", "manager", "wave__criteria", "decided_by").with_rank().with_cards()
        return marked(rows, "account_id")

    def ranked(self) -> CandidateQuerySet:
        """Best first: by how the two scorecards stand, then by the score, then as they were proposed (P-22)."""
        return self.order_by("tier", "-score", "pk")

    def with_rank(self) -> CandidateQuerySet:
        """Each with its place in the whole wave, whatever a list is narrowed to."""
        same = {name: OuterRef(name) for name in ("wave", "tier", "score")}
        before = Q(tier__lt=OuterRef("tier")) | Q(tier=same["tier"], score__gt=OuterRef("score"))
        before |= Q(tier=same["tier"], score=same["score"], pk__lt=OuterRef("pk"))
        better = self.model._default_manager.filter(before, wave=same["wave"]).order_by().values("wave")
        counted = Coalesce(Subquery(better.annotate(n=Count("pk")).values("n")), 0)
        found: CandidateQuerySet = self.annotate(rank=counted + 1)
        return found

    def with_cards(self) -> CandidateQuerySet:
        """Each with what its scorecards go by, in two queries for all."""
        judged: Any = self.model._meta.get_field("judgements").related_model
        facts: Any = Account._meta.get_field("facts").related_model
        found: CandidateQuerySet = self.prefetch_related(
            Prefetch(
                "judgements", judged.objects.standing().select_related("by", "version"), to_attr="standing_judgements"
            ),
            Prefetch(
                "account__facts", facts.objects.filter(ended_on=None).select_related("said_by"), to_attr="holding"
            ),
        )
        return found
