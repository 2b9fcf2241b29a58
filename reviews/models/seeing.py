"""Which reviews somebody sees, and which are under way."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from acr_program.desk.models.presence import with_presence
from acr_program.people.choices import Role
from acr_program.people.models import User

from ..choices import RequestStatus as S

NOT_ENDED = ~Q(status=S.CLOSED) & ~Q(status=S.CANCELLED)  # said in the words of the index that a list goes along


class RequestQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> RequestQuerySet:
        """The office and executives see all; reps their own; leaders their people's and what they are asked to approve."""
        if user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE):
            return self
        own = [user.pk, *user.stands_in_for]
        asked = self.model.approvals.rel.related_model.objects.filter(approver__in=own).values("request")
        reps = User.objects.filter(Q(pk__in=own) | Q(reports_to__in=own)).order_by().values("pk")
        return self.filter(Q(rep__in=reps) | Q(pk__in=asked))  # one set of reps, so that the index on them serves

    def for_list(self) -> RequestQuerySet:
        return self.select_related("account", "year", "rep")

    def for_page(self) -> RequestQuerySet:
        """With who is on it just now."""
        rows = self.select_related("account", "year", "rep__reports_to", "template", "recipient", "approver_designated")
        return with_presence(rows, whole=True)

    def live(self) -> RequestQuerySet:
        return self.filter(NOT_ENDED)
