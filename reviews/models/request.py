"""The request for one account's review: the machine everything else hangs on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.models import Account
from acr_program.charter.models import Program, ProgramYear
from acr_program.people.choices import Role
from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.people.roles import administrators, program_managers, program_office, the_clock, the_customer
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.ui.tones import label_of
from acr_program.workflow.book import held, once
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import BEFORE_PRINT, ENDED, Audience, Delivery
from ..choices import RequestStatus as S
from .dated import Dated
from .keeping import KeepsTemplate
from .process import ProcessVersion
from .seeing import NOT_ENDED, RequestQuerySet
from .template import TemplateVersion

COMMENT = "acr_program.workflow.forms.CommentForm"
REWORK = Await(_("Rework what the leader asked for"), Role.ADMIN, "rework", days=2)
FORMS = "reviews.forms.steps"
BY_HAND = f"{FORMS}.ByHandForm"
UPGRADE = "reviews.forms.upgrade.UpgradeForm"


class ReviewRequest(KeepsTemplate, Dated, Machine):
    """The review of one account, in one program year, for one audience, from request to close."""

    STATES = S
    WAITER = "rep"
    READS = ("account", "year", "rep__reports_to", "recipient", "template", "approver_designated")
    DERIVES = ("search", "theater", "business_unit")

    account = models.ForeignKey(Account, models.PROTECT, related_name="review_requests", verbose_name=_("account"))
    year = models.ForeignKey(
        ProgramYear, models.PROTECT, related_name="review_requests", verbose_name=_("program year")
    )
    audience = models.CharField(_("audience"), max_length=12, choices=Audience.choices, default=Audience.EXECUTIVE)
    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="review_requests", verbose_name=_("sales representative")
    )
    goal = models.TextField(_("what the meeting should achieve"), max_length=2000)
    meeting_on = models.DateField(_("meeting on"))
    meeting_place = models.CharField(_("place of the meeting"), max_length=160, blank=True)
    short_notice_reason = models.CharField(_("why on short notice"), max_length=300, blank=True)
    delivery = models.CharField(_("delivery"), max_length=8, choices=Delivery.choices, default=Delivery.DIGITAL)
    recipient = models.ForeignKey(
        "accounts.Contact", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("recipient")
    )
    copies = models.PositiveSmallIntegerField(_("printed copies"), null=True, blank=True)
    ship_to = models.CharField(_("address for the copies"), max_length=300, blank=True)
    template = models.ForeignKey(TemplateVersion, models.PROTECT, null=True, blank=True, editable=False)
    process = models.ForeignKey(ProcessVersion, models.PROTECT, null=True, blank=True, editable=False)
    pace = models.CharField(
        max_length=80, editable=False, default=""
    )  # of that version: it never changes, no row asks for it
    approver_designated = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("designated approver")
    )  # fmt: skip
    carrier = models.CharField(_("carrier"), max_length=80, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=80, blank=True)
    met_on = models.DateField(_("met on"), null=True, blank=True)
    attendees = models.TextField(_("who was there"), max_length=2000, blank=True)
    customer_feedback = models.TextField(_("what the customer said otherwise"), max_length=4000, blank=True)
    search = models.CharField(max_length=400, editable=False, default="")
    theater = models.CharField(max_length=5, editable=False, default="")  # the account's, as lists are narrowed by it
    business_unit = models.CharField(max_length=80, editable=False, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    status = FSMField(_("status"), choices=S.choices, default=S.DRAFT, protected=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("review request")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="request_status_known"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="request_audience_known"),
            models.CheckConstraint(condition=Q(delivery__in=Delivery.values), name="request_delivery_known"),
            models.UniqueConstraint(
                fields=["account", "year", "audience"],
                condition=~Q(status__in=[S.DRAFT, *ENDED]),
                name="request_one_live",
            ),
            models.CheckConstraint(
                condition=Q(process=None, pace="") | (Q(process__isnull=False) & ~Q(pace="")),
                name="request_bound_with_its_pace",
            ),
        )
        indexes = (
            models.Index(fields=["-created_at", "-id"], name="request_by_age"),
            models.Index(fields=["status", "-created_at", "-id"], name="request_by_status"),
            models.Index(fields=["status", "meeting_on", "id"], name="request_by_status_and_meeting"),
            models.Index(fields=["meeting_on", "id"], name="request_by_meeting"),
            models.Index(fields=["year", "status"], name="request_by_year_and_status"),
            models.Index(fields=["rep", "-created_at", "-id"], name="request_of_rep"),
            models.Index(fields=["rep", "year", "status"], name="request_of_rep_by_year"),
            models.Index(fields=["business_unit", "-created_at", "-id"], name="request_by_unit"),
            models.Index(fields=["theater", "-created_at", "-id"], name="request_by_theater"),
            models.Index(fields=["year", "theater", "-created_at", "-id"], name="request_by_year_and_theater"),
            models.Index(fields=["meeting_on", "id"], name="request_live_by_meeting", condition=NOT_ENDED),
            models.Index(fields=["rep", "id"], name="request_live_of_rep", condition=NOT_ENDED),
        )

    def __str__(self) -> str:
        return gettext("%(account)s, %(audience)s review %(year)s") % {
            "account": self.account.name,
            "audience": label_of(self, "audience").lower(),
            "year": self.year.label,
        }

    def derive(self) -> None:
        self.search = folded(self.account.name, self.year.label, self.rep.name)
        self.theater, self.business_unit = self.account.theater, self.account.business_unit

    def get_absolute_url(self) -> str:
        return address_of("reviews:request", self.pk)

    # What the rules ask

    @cached_property
    def program(self) -> Program:
        return Program.objects.get()

    @property
    def recipient_email(self) -> str:
        return self.recipient.email if self.recipient else ""

    def others_under_way(self) -> RequestQuerySet:
        same = ReviewRequest.objects.filter(account=self.account_id, year=self.year_id, audience=self.audience)
        return same.exclude(pk=self.pk).exclude(status__in=[S.DRAFT, *ENDED])

    def latest_document(self) -> Any:
        newest = self.documents.select_related("manifest").order_by("-number")
        return held(once(f"latest document of {self.pk}", newest.first))

    def approvers(self) -> list[User]:
        """Read once for each row fetched: a page and the needs of its steps ask the same."""
        return once(f"approvers of {self.pk}", lambda: list(self._approvers))

    @cached_property
    def _approvers(self) -> list[User]:
        return rules.approvers_of(self)

    # Its steps, in the order of a life

    @step(
        status, [S.DRAFT, S.RETURNED], S.SUBMITTED, label=_("Submit"), by=[rules.rep_of_account], holder="rep",
        needs=[rules.live_account, rules.program_open, rules.year_running, rules.one_at_a_time,
               rules.meeting_set, rules.meeting_ahead, rules.lead_time, rules.reachable],
        tells=[rules.the_office], awaits=[Await(_("Accept the request or send it back"), Role.ADMIN, "accept", days=2)],
        undo="recall",
    )  # fmt: skip
    def submit(self, *, by: User) -> None:
        """The office is asked to begin; the review is bound to the process in force (G-02)."""
        self.bind()

    @step(
        status, S.SUBMITTED, S.DRAFT, label=_("Take it back"), by=[rules.rep_of_account], holder="rep", kind="quiet",
        tells=[rules.the_office],
    )  # fmt: skip
    def recall(self, *, by: User) -> None:
        """It is a draft again, to be changed and submitted anew, as long as the office has not accepted it."""
        self.unbind()

    @step(
        status, S.SUBMITTED, S.RETURNED, label=_("Send back"), by=[administrators], kind="quiet", form=COMMENT,
        tells=[rules.the_rep], awaits=[Await(_("Mend the request and submit it again"), rules.the_rep, "submit", days=3)],
    )  # fmt: skip
    def send_back(self, *, by: User, comment: str) -> None:
        """The comment says what is missing."""

    @step(
        status, S.SUBMITTED, S.GATHERING, label=_("Accept"), by=[administrators, the_clock],
        needs=[rules.template_published, rules.contributors_named], tells=[rules.the_rep], mail="accepted",
        awaits=[Await(_("See that every section arrives"), Role.ADMIN, "start_compiling", by="content_by")],
    )  # fmt: skip
    def accept(self, *, by: User) -> None:
        """Pins the template version and asks one contributor for each section (R-13, R-14)."""
        self.template = self.published_template

    @step(
        status, [S.GATHERING, S.COMPILING], S.GATHERING, label=_("Take the newer template"), by=[program_office], kind="quiet",
        form=UPGRADE, needs=[rules.newer_published, rules.newer_contributors_named], tells=[rules.the_rep],
        awaits=[Await(_("See that every section arrives"), Role.ADMIN, "start_compiling", by="content_by")],
    )  # fmt: skip
    def upgrade(self, *, by: User, to: TemplateVersion) -> None:
        """What was answered is kept; new sections are asked for, those that are gone are withdrawn."""
        self.move_to(to)

    @step(
        status, S.CHANGES_REQUESTED, S.CHANGES_REQUESTED, label=_("Take the newer template"), by=[program_office],
        kind="quiet", form=UPGRADE, needs=[rules.newer_published, rules.newer_contributors_named], tells=[rules.the_rep],
        awaits=[REWORK],
    )  # fmt: skip
    def upgrade_in_rework(self, *, by: User, to: TemplateVersion) -> None:
        """The same while a leader's word waits for its answer, which is still to be given."""
        self.move_to(to)

    @step(
        status, S.GATHERING, S.COMPILING, label=_("Start compiling"), by=[administrators, the_clock],
        needs=[rules.all_settled, rules.deviations_decided], form=f"{FORMS}.CompileForm",
        awaits=[Await(_("See the document rendered and ask for approval"), Role.ADMIN, "request_approval", by="compile_by")],
    )  # fmt: skip
    def start_compiling(self, *, by: User, without: bool = False, comment: str = "") -> None:
        """The document is compiled and rendered at once (R-15); optional sections still out are left out."""

    @step(
        status, S.COMPILING, S.IN_APPROVAL, label=_("Ask for approval"), by=[administrators, the_clock],
        needs=[rules.all_settled, rules.deviations_decided, rules.document_ready, rules.has_approvers], tells=[rules.the_rep],
        form=BY_HAND,
    )  # fmt: skip
    def request_approval(self, *, by: User, comment: str = "") -> None:
        """One approval is asked of each designated leader, in order (R-17, R-23)."""

    @step(
        status, [S.IN_APPROVAL, S.APPROVED, S.PRINTING], S.CHANGES_REQUESTED, label=_("Changes are asked for"), by=[the_clock],
        form=COMMENT,
        awaits=[REWORK],
    )  # fmt: skip
    def ask_for_changes(self, *, by: User, comment: str) -> None:
        """Follows from an approver's word, or from one taken back; it goes to the rep and the office, and other approvals lapse."""

    @step(
        status, S.CHANGES_REQUESTED, S.COMPILING, label=_("Rework"), by=[administrators], form=f"{FORMS}.ReworkForm",
        awaits=[Await(_("See the document rendered and ask for approval"), Role.ADMIN, "request_approval", by="compile_by")],
    )  # fmt: skip
    def rework(self, *, by: User, sections: Any = (), unchanged: bool = False, comment: str = "") -> None:
        """The sections named go back to their contributors; where none has to be rewritten, the comment says why."""

    @step(
        status, S.IN_APPROVAL, S.APPROVED, label=_("All have approved"), by=[the_clock], tells=[rules.the_rep, rules.the_office]
    )  # fmt: skip
    def approve_all(self, *, by: User) -> None:
        """Follows from the last approval; the document's manifest is sealed."""

    @step(
        status, S.APPROVED, S.PRINTING, label=_("Send to print"), by=[administrators, the_clock],
        needs=[rules.document_sealed, rules.is_printed, rules.printable], tells=[rules.the_office], mail="print",
        awaits=[Await(_("Have it printed and enter the shipment"), Role.ADMIN, "ship", by="ship_by")], form=BY_HAND,
    )  # fmt: skip
    def send_to_print(self, *, by: User, comment: str = "") -> None:
        """The order for print names the sealed file and nothing else (R-18)."""

    @step(
        status, S.APPROVED, S.DELIVERED, label=_("Deliver digitally"), by=[administrators, the_clock],
        needs=[rules.document_sealed, rules.is_digital, rules.reachable], tells=[rules.the_rep], form=BY_HAND,
        awaits=[Await(_("Hold the meeting and say who was there"), rules.the_rep, "hold_meeting", by="meeting_on")],
    )  # fmt: skip
    def deliver_digital(self, *, by: User, comment: str = "") -> None:
        """The customer gets a signed link to the sealed document."""

    @step(
        status, S.PRINTING, S.SHIPPED, label=_("Shipped"), by=[administrators, the_clock], form=f"{FORMS}.ShipForm",
        tells=[rules.the_rep],
        awaits=[Await(_("Confirm that the copies arrived"), rules.the_rep, "confirm_delivery", by="meeting_on")],
    )  # fmt: skip
    def ship(self, *, by: User, carrier: str, tracking: str) -> None:
        self.carrier, self.tracking = carrier, tracking

    @step(
        status, S.SHIPPED, S.DELIVERED, label=_("Confirm delivery"),
        by=[administrators, rules.rep_of_account, the_customer, the_clock],
        awaits=[Await(_("Hold the meeting and say who was there"), rules.the_rep, "hold_meeting", by="meeting_on")],
    )  # fmt: skip
    def confirm_delivery(self, *, by: User) -> None:
        """The copies are in the customer's hands."""

    @step(
        status, S.DELIVERED, S.MET, label=_("Record the meeting"), by=[rules.rep_of_account], holder="rep",
        form=f"{FORMS}.MeetingForm", tells=[rules.the_office],
        awaits=[Await(_("Close the review with what the customer said"), Role.ADMIN, "close", days=10)],
    )  # fmt: skip
    def hold_meeting(
        self, *, by: User, met_on: date, attendees: str, really: bool = False, came: Any = None,
        others: str | None = None, shown: Any = None, outcome: str = "",
    ) -> None:  # fmt: skip
        """Who came, which document was shown and what came of it; with it the meeting counts as held.

        The representative is asked what worked, and the day after the customer by a signed link (R-25).
        """
        self.met_on, self.attendees = met_on, attendees

    @step(
        status, S.MET, S.CLOSED, label=_("Close"), by=[administrators, the_clock], needs=[rules.rep_has_spoken],
        form=f"{FORMS}.CloseForm", tells=[rules.the_rep],
    )  # fmt: skip
    def close(self, *, by: User, customer_feedback: str = "", comment: str = "") -> None:
        """With the customer's answer by link, their words as they reached us otherwise, or the reason why there are none."""
        self.customer_feedback = customer_feedback

    @step(
        status, [S.APPROVED, S.PRINTING], S.COMPILING, label=_("Reopen"), by=[program_managers], kind="danger",
        form=f"{FORMS}.ReopenForm", tells=[rules.the_rep, rules.the_office],
        awaits=[Await(_("See the document rendered and ask for approval"), Role.ADMIN, "request_approval", by="compile_by")],
    )  # fmt: skip
    def reopen(self, *, by: User, comment: str, sections: Any = ()) -> None:
        """Breaks the seal; every approval is void."""

    @step(
        status, list(BEFORE_PRINT), S.CANCELLED, label=_("Cancel"), by=[rules.rep_of_account, administrators, the_clock],
        kind="danger", form=COMMENT, tells=[rules.the_rep, rules.the_office],
    )  # fmt: skip
    def cancel(self, *, by: User, comment: str) -> None:
        """Everything asked of others is withdrawn, the document is void."""
