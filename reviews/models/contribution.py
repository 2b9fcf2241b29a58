"""What is wanted of contributors: one section, of one person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.absent import without_absent
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import administrators, the_clock
from acr_program.ui.addresses import address_of
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import ContributionStatus as S
from ..choices import SectionKind
from .lines import Line, line_of
from .request import ReviewRequest
from .template import Section

COMMENT = "acr_program.workflow.forms.CommentForm"
OPEN = (S.REQUESTED, S.RETURNED)


class ContributionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ContributionQuerySet:
        """The office sees all; a contributor what is asked of them; whoever sees the request sees its sections."""
        rows = self
        if not user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR):
            own, seen = [user.pk, *user.stands_in_for], ReviewRequest.objects.visible_to(user).values("pk")
            rows = self.filter(Q(contributor__in=own) | Q(request__in=seen))
        found: ContributionQuerySet = without_absent(rows, user, "request__account")
        return found

    def for_page(self) -> ContributionQuerySet:
        return self.select_related(
            "request__account", "request__year", "request__rep", "section__function", "contributor"
        )

    def for_list(self) -> ContributionQuerySet:
        return self.select_related("request__account", "request__year", "section", "contributor")


class InformationRequest(Machine):
    """One section wanted of one contributor for one review (R-14)."""

    STATES = S
    LOCKS = "request"
    ON_ITS_PAGE = ("submit",)
    READS = ("request__account", "request__year", "request__rep", "section", "contributor")
    DERIVES = ("meeting_on",)

    request = models.ForeignKey(
        ReviewRequest, models.CASCADE, related_name="contributions", verbose_name=_("review request")
    )
    section = models.ForeignKey(Section, models.PROTECT, verbose_name=_("section"))
    contributor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="contributions", verbose_name=_("contributor")
    )
    text = models.TextField(_("text for the customer"), blank=True)
    note = models.TextField(_("note for the office, never shown to the customer"), blank=True)
    words_in_lines = models.PositiveSmallIntegerField(
        default=0, editable=False
    )  # counted once, as lists show the length
    meeting_on = models.DateField(null=True, editable=False)  # the request's, as lists are sorted by it
    status = FSMField(_("status"), choices=S.choices, default=S.REQUESTED, protected=True)

    objects = ContributionQuerySet.as_manager()

    BEGINS_TELLS = (rules.contributing,)
    BEGINS_MAIL = "contribution"
    BEGINS_AWAITS = (Await(_("Write the section"), rules.the_contributor, "submit", by="due_on"),)

    class Meta:
        verbose_name = _("information request")
        ordering = ("section__place",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="contribution_status_known"),
            models.UniqueConstraint(fields=["request", "section"], name="contribution_once_a_section"),
        )
        indexes = (
            models.Index(fields=["status", "-id"], name="contribution_by_status"),
            models.Index(fields=["contributor", "-id"], name="contribution_of"),
            models.Index(fields=["contributor", "-meeting_on", "-id"], name="contribution_of_by_meeting"),
        )

    def __str__(self) -> str:
        return f"{self.section.title} · {self.request}"

    def derive(self) -> None:
        self.meeting_on = self.request.meeting_on

    def get_absolute_url(self) -> str:
        return address_of("reviews:contribution", self.pk)

    @property
    def account_id(self) -> int:
        return self.request.account_id

    @property
    def waiter(self) -> User:
        return self.request.rep

    @property
    def due_on(self) -> date:
        return self.request.content_by

    @property
    def words(self) -> int:
        return len(self.text.split()) + self.words_in_lines

    def lines(self) -> list[Line]:
        """What was entered line by line, in order."""
        return list(self.commitments.all() if self.section.kind == SectionKind.COMMITMENTS else self.issues.all())

    def last_year(self) -> InformationRequest | None:
        """The same section of the account's last review for the same audience."""
        before = InformationRequest.objects.filter(
            request__account=self.request.account_id, request__audience=self.request.audience, section__key=self.section.key,
            request__year__begins_on__lt=self.request.year.begins_on, status=S.ACCEPTED,
        )  # fmt: skip
        return before.select_related("request__year").order_by("-request__year__begins_on").first()

    @step(
        status, [S.REQUESTED, S.RETURNED], S.SUBMITTED, label=_("Submit the section"), holder="contributor",
        by=[rules.asked_contributor, administrators], needs=[rules.still_open_for_content],
        form="reviews.forms.steps.AnswerForm", awaits=[Await(_("Read the section"), Role.ADMIN, "accept", days=2)],
        undo="recall",
    )  # fmt: skip
    def submit(self, *, by: User, text: str, note: str = "", lines: Sequence[dict[str, Any]] = ()) -> None:
        self.text, self.note = text, note
        if line := line_of(self.section.kind):
            self.words_in_lines = line.replace(self, lines)

    @step(
        status, S.SUBMITTED, S.REQUESTED, label=_("Take it back"), holder="contributor", kind="quiet",
        by=[rules.asked_contributor], needs=[rules.still_open_for_content],
        awaits=[Await(_("Write the section"), rules.the_contributor, "submit", by="due_on")],
    )  # fmt: skip
    def recall(self, *, by: User) -> None:
        """It is to be written on, and handed in again; the words stay as they are."""

    @step(
        status, S.SUBMITTED, S.ACCEPTED, label=_("Accept the section"), by=[administrators],
        needs=[rules.answered, rules.within_limit, rules.tokens_known], undo="reconsider",
    )  # fmt: skip
    def accept(self, *, by: User) -> None:
        """With the last required section the document is compiled."""

    @step(
        status, [S.SUBMITTED, S.ACCEPTED], S.RETURNED, label=_("Send the section back"), by=[administrators], form=COMMENT,
        kind="quiet", needs=[rules.still_open_for_content], tells=[rules.the_contributor],
        awaits=[Await(_("Mend the section"), rules.the_contributor, "submit", days=2)],
    )  # fmt: skip
    def send_back(self, *, by: User, comment: str) -> None:
        """The comment says what to mend."""

    @step(
        status, S.ACCEPTED, S.SUBMITTED, label=_("Read it again"), by=[administrators], kind="quiet",
        needs=[rules.still_open_for_content], awaits=[Await(_("Read the section"), Role.ADMIN, "accept", days=2)],
    )  # fmt: skip
    def reconsider(self, *, by: User) -> None:
        """It is not accepted any more, and waits for the office to read it."""

    @step(
        status, [S.REQUESTED, S.RETURNED], S.WAIVED, label=_("Waive the section"), by=[administrators], form=COMMENT,
        kind="quiet", needs=[rules.may_be_waived], tells=[rules.the_contributor], undo="ask_again",
    )  # fmt: skip
    def waive(self, *, by: User, comment: str) -> None:
        """The review goes without it."""

    @step(
        status, S.WAIVED, S.REQUESTED, label=_("Ask for it after all"), by=[administrators], kind="quiet",
        needs=[rules.still_open_for_content], tells=[rules.the_contributor],
        awaits=[Await(_("Write the section"), rules.the_contributor, "submit", by="due_on")],
    )  # fmt: skip
    def ask_again(self, *, by: User) -> None:
        """The review waits for it again."""

    @step(
        status, [S.REQUESTED, S.RETURNED, S.SUBMITTED, S.ACCEPTED, S.WAIVED], S.WITHDRAWN, label=_("Withdraw"),
        by=[the_clock], tells=[rules.the_contributor],
    )  # fmt: skip
    def withdraw(self, *, by: User, comment: str = "") -> None:
        """The review was cancelled, went on without it, or its template has no such section any more; nothing is wanted."""
