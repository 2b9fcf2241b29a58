"""Which reviews somebody sees, and which are under way."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import CharField, FilteredRelation, OuterRef, Q, QuerySet, StringAgg, Subquery, Value
from django.db.models.functions import Cast, Concat, JSONObject, LPad

from accounts.absent import without_absent
from accounts.marks import marked
from acr_program.desk.models.presence import with_presence
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui.walking import any_of

from ..choices import MeetingStatus, TemplateStatus
from ..choices import RequestStatus as S

SEE_ALL = (Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE)
NOT_ENDED = ~Q(status=S.CLOSED) & ~Q(status=S.CANCELLED)  # said in the words of the index that a list goes along


class RequestQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> RequestQuerySet:
        """The office and executives see all; reps their own; leaders their people's and what they are asked to approve."""
        if user.has(*SEE_ALL):
            found: RequestQuerySet = without_absent(self, user, "account")
            return found
        return self.filter(Q(rep__in=reps_of(user)) | Q(pk__in=self.asked_of(user).values("request")))

    def of_people_of(self, user: User) -> RequestQuerySet:
        """Of these, a leader's people's and one's own; all for whoever sees all."""
        if user.has(*SEE_ALL):
            found: RequestQuerySet = without_absent(self, user, "account")
            return found
        return self.filter(rep__in=reps_of(user))

    def under_way_for(self, user: User) -> RequestQuerySet:
        """What this person sees of what is under way. A leader was asked to approve for years, and most of it has ended:
        that is left out by an index of its own, before any request is looked up.
        """
        if user.has(*SEE_ALL):
            found: RequestQuerySet = without_absent(self.live(), user, "account")
            return found
        theirs = self.model.objects.live().of_people_of(user).order_by().values("pk")
        return self.live().filter(any_of([theirs, self.asked_of(user).filter(ended=False).values("request")]))

    def asked_of(self, user: User) -> QuerySet[Any]:
        """The approvals that were ever asked of this person or of those they stand in for."""
        approvals: QuerySet[Any] = self.model.approvals.rel.related_model.objects.order_by()
        return approvals.filter(approver__in=[user.pk, *user.stands_in_for])

    def for_list(self) -> RequestQuerySet:
        return self.select_related("account", "year", "rep")

    def for_page(self) -> RequestQuerySet:
        """With the meeting that stands, what was said of it, the mark of its account, and who is on the review just now."""
        stands = Q(meetings__status__in=[MeetingStatus.PLANNED, MeetingStatus.HELD])
        rows = self.annotate(
            the_meeting=FilteredRelation("meetings", condition=stands), seated=self.seats(), published=self.published()
        )
        rows = rows.select_related(
            "account__manager", "year", "rep__reports_to", "template", "recipient", "approver_designated",
            "the_meeting", "said_by_customer", "said_by_rep__said_by",
        )  # fmt: skip
        return with_presence(marked(rows, "account_id"), whole=True)

    def published(self) -> Subquery:
        """The version of the template that is published for the audience: what it is known by."""
        versions = self.model._meta.get_field("template").related_model.objects
        found = versions.filter(audience=OuterRef("audience"), status=TemplateStatus.PUBLISHED).order_by()
        return Subquery(found.values(known=JSONObject(id="pk", number="number", version="version"))[:1])

    def seats(self) -> Subquery:
        """Who is at the table of the meeting that stands: a line each, to be put in order by whoever reads it."""
        meetings = self.model.meetings.rel.related_model
        at = meetings.attendees.rel.related_model.objects.filter(meeting__request=OuterRef("pk")).order_by()
        one = Concat("side", Value(" "), LPad(Cast("pk", CharField()), 20, Value("0")), Value(" "), "name")
        at = at.exclude(meeting__status=MeetingStatus.CANCELLED).values("meeting")
        return Subquery(at.annotate(lines=StringAgg(one, Value("\n"))).values("lines"))

    def live(self) -> RequestQuerySet:
        return self.filter(NOT_ENDED)


def reps_of(user: User) -> QuerySet[Any]:
    """This person and their people, and of those they stand in for: one set, so that the index on representatives serves."""
    own = [user.pk, *user.stands_in_for]
    return User.objects.filter(Q(pk__in=own) | Q(reports_to__in=own)).order_by().values("pk")
