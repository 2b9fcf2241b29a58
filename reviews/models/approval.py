"""What a sales leader says to one version of the document."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.absent import without_absent
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import the_clock
from acr_program.ui.addresses import address_of
from acr_program.workflow.errors import Stale
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import ENDED
from ..choices import ApprovalStatus as S
from .document import Document
from .request import ReviewRequest

ASKED = Await(
    _("Approve the document or ask for changes"), rules.the_approver, "approve", by="due_on", remind=2, escalate=5
)


class ApprovalQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ApprovalQuerySet:
        if user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE):
            found: ApprovalQuerySet = without_absent(self, user, "request__account")
            return found
        own = [user.pk, *user.stands_in_for]
        return self.filter(Q(approver__in=own) | Q(request__in=ReviewRequest.objects.visible_to(user).values("pk")))

    def for_page(self) -> ApprovalQuerySet:
        return self.select_related(
            "request__account",
            "request__year",
            "request__rep",
            "request__recipient",
            "request__template",
            "document__manifest",
            "approver",
            "document__request",
        )

    def for_list(self) -> ApprovalQuerySet:
        return self.select_related("request__account", "request__year", "request__rep", "document", "approver")


class Approval(Machine):
    """One leader's approval of one version: it signs the manifest that was shown (R-17)."""

    STATES = S
    LOCKS = "request"
    ON_ITS_PAGE = ("approve", "ask_for_changes")
    READS = ("request__account", "request__year", "request__rep", "document__manifest", "approver")
    DERIVES = ("meeting_on", "ended")

    request = models.ForeignKey(
        ReviewRequest, models.CASCADE, related_name="approvals", verbose_name=_("review request")
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="approvals", verbose_name=_("document"))
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="approvals", verbose_name=_("approver")
    )
    place = models.PositiveSmallIntegerField(_("place in the order"))
    signs = models.CharField(_("digest of the manifest shown"), max_length=64, editable=False)
    comment = models.TextField(_("comment"), blank=True)
    meeting_on = models.DateField(null=True, editable=False)  # the request's, as lists are sorted by it
    ended = models.BooleanField(default=False, editable=False)  # whether the request has: then no board asks for it
    status = FSMField(_("status"), choices=S.choices, default=S.PENDING, protected=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        ordering = ("document", "place")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="approval_status_known"),
            models.UniqueConstraint(fields=["document", "approver"], name="approval_once_a_document"),
            models.UniqueConstraint(fields=["document", "place"], name="approval_one_a_place"),
        )
        indexes = (
            models.Index(fields=["approver", "-id"], name="approval_of"),
            models.Index(fields=["approver", "request"], name="approval_of_request"),
            models.Index(fields=["approver", "request"], name="approval_under_way", condition=Q(ended=False)),
            models.Index(fields=["approver"], name="approval_pending", condition=Q(status=S.PENDING)),
            models.Index(fields=["approver", "-meeting_on", "-id"], name="approval_of_by_meeting"),
        )

    def __str__(self) -> str:
        return _("Approval of %(request)s by %(name)s") % {"request": self.request, "name": self.approver.name}

    def derive(self) -> None:
        self.meeting_on, self.ended = self.request.meeting_on, self.request.status in ENDED

    @property
    def in_a_sentence(self) -> str:
        return str(self.document)

    @property
    def waits_as(self) -> str:
        return str(self.request)

    def get_absolute_url(self) -> str:
        return address_of("reviews:approval", self.pk)

    @property
    def account_id(self) -> int:
        return self.request.account_id

    @property
    def waiter(self) -> User:
        return self.request.rep

    @property
    def due_on(self) -> date:
        return self.request.approve_by

    @cached_property
    def first_undecided(self) -> User | None:
        """The leader who decides before this one and has not approved; None where it is this one's turn."""
        before = Approval.objects.filter(document=self.document_id, place__lt=self.place).exclude(status=S.APPROVED)
        found = before.select_related("approver").order_by("place").first()
        return found.approver if found else None

    @step(
        status, S.PENDING, S.APPROVED, label=_("Approve"), by=[rules.asked_approver], holder="approver",
        needs=[rules.own_turn, rules.manifest_ready], form="reviews.forms.steps.ApproveForm",
    )  # fmt: skip
    def approve(self, *, by: User, signs: str, comment: str = "") -> None:
        """Signs the manifest of exactly the files shown (I5)."""
        if not signs or signs != self.signs:
            raise Stale(gettext("The document is not the one you were shown. Open it again, then decide."))
        self.comment = comment

    @step(
        status, S.PENDING, S.CHANGES_REQUESTED, label=_("Ask for changes"), by=[rules.asked_approver], holder="approver",
        needs=[rules.own_turn], form="acr_program.workflow.forms.CommentForm", kind="quiet",
    )  # fmt: skip
    def ask_for_changes(self, *, by: User, comment: str) -> None:
        """The comment says what to change; the other approvals lapse."""
        self.comment = comment

    @step(
        status, S.APPROVED, S.CHANGES_REQUESTED, label=_("Withdraw the approval"), by=[rules.asked_approver], holder="approver",
        needs=[rules.not_gone_out], form="acr_program.workflow.forms.CommentForm", kind="quiet",
    )  # fmt: skip
    def withdraw(self, *, by: User, comment: str) -> None:
        """What was approved is not any more; the comment says what to change. Until the copies leave or the link is sent."""
        self.comment = comment

    @step(status, [S.PENDING, S.APPROVED], S.LAPSED, label=_("Lapsed"), by=[the_clock])
    def lapse(self, *, by: User) -> None:
        """Another's word, a cancellation or a reopening has ended it."""
