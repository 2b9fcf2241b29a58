"""The printed copies on their way: ordered from the sealed file, printed, shipped, delivered (R-18, R-19, R-24)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.files.models import ManifestFile
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import administrators, the_clock, the_customer, the_printer
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import NOT_SHIPPED, Binding, Paper
from ..choices import PrintStatus as S
from .document import Document
from .request import COMMENT, ReviewRequest

FORMS = "reviews.forms.printing"


class PrintOrderQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> PrintOrderQuerySet:
        return self.filter(request__in=ReviewRequest.objects.visible_to(user).values("pk"))

    def for_list(self) -> PrintOrderQuerySet:
        return self.select_related("request__account", "request__year", "request__rep")

    def for_page(self) -> PrintOrderQuerySet:
        return self.for_list().select_related("request__rep__reports_to", "document", "file__file", "file__manifest")


class PrintOrder(Machine):
    """Some copies of one sealed document; a reprint is a further order of the same document, with its reason."""

    STATES = S
    LOCKS = "request"
    READS = ("request__account", "request__year", "request__rep", "document", "file__file")

    request = models.ForeignKey(
        ReviewRequest, models.PROTECT, related_name="print_orders", verbose_name=_("review request")
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="print_orders", verbose_name=_("document"))
    number = models.PositiveSmallIntegerField(_("order of this document"), default=1, editable=False)
    file = models.ForeignKey(ManifestFile, models.PROTECT, related_name="+", editable=False)
    sha256 = models.CharField(_("sha-256 of the file"), max_length=64, editable=False)
    reason = models.CharField(_("why once more"), max_length=400, blank=True)
    copies = models.PositiveSmallIntegerField(_("copies"))
    paper = models.CharField(_("paper"), max_length=12, choices=Paper.choices, default=Paper.SILK)
    binding = models.CharField(_("binding"), max_length=12, choices=Binding.choices, default=Binding.STITCHED)
    ship_to = models.CharField(_("address for the copies"), max_length=300)
    needed_by = models.DateField(_("needed by"))
    carrier = models.CharField(_("carrier"), max_length=80, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=80, blank=True)
    printed_on = models.DateField(_("printed on"), null=True, blank=True, editable=False)
    shipped_on = models.DateField(_("shipped on"), null=True, blank=True, editable=False)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True, editable=False)
    problem = models.TextField(_("what went wrong"), blank=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.ORDERED, protected=True)

    objects = PrintOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("print order")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="print_order_status_known"),
            models.CheckConstraint(condition=Q(copies__gte=1), name="print_order_of_some"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="print_order_again_has_reason"),
            models.UniqueConstraint(fields=["document", "number"], name="print_order_once"),
        )
        indexes = (
            models.Index(fields=["needed_by", "id"], name="print_order_by_day"),
            models.Index(fields=["status", "needed_by", "id"], name="print_order_by_status"),
        )

    def __str__(self) -> str:
        return gettext("Print order %(name)s: %(request)s") % {"name": self.name, "request": self.request}

    def get_absolute_url(self) -> str:
        return address_of("reviews:print-order", self.pk)

    @property
    def name(self) -> str:
        """By which the printer knows it, on the ticket, its files and in every event."""
        return f"P{self.pk}"

    @property
    def account_id(self) -> int:
        return self.request.account_id

    @property
    def waiter(self) -> User:
        return self.request.rep

    @property
    def is_open(self) -> bool:
        return self.status not in (S.DELIVERED, S.RECALLED)

    @property
    def is_late(self) -> bool:
        """Its day has passed, and the copies are not in the customer's hands."""
        return self.is_open and self.needed_by < localdate()

    @step(status, S.ORDERED, S.SENT, label=_("Handed over"), by=[administrators, the_clock])
    def send(self, *, by: User) -> None:
        """The printer has the ticket and the file: laid in the drop, posted, or given by hand."""

    @step(status, [S.ORDERED, S.SENT], S.PRINTED, label=_("Printed"), by=[administrators, the_printer])
    def printed(self, *, by: User) -> None:
        """The copies are printed and bound."""
        self.printed_on = localdate()

    @step(
        status, list(NOT_SHIPPED), S.SHIPPED, label=_("Shipped"), by=[administrators, the_printer],
        form="reviews.forms.steps.ShipForm",
    )  # fmt: skip
    def ship(self, *, by: User, carrier: str, tracking: str) -> None:
        """The copies travel; the review goes along with its order."""
        self.carrier, self.tracking, self.shipped_on = carrier, tracking, localdate()
        self.printed_on = self.printed_on or self.shipped_on

    @step(
        status, S.SHIPPED, S.DELIVERED, label=_("Delivered"),
        by=[administrators, rules.rep_of_order, the_customer, the_printer, the_clock],
    )  # fmt: skip
    def deliver(self, *, by: User) -> None:
        """The copies are in the customer's hands."""
        self.delivered_on = localdate()

    @step(
        status, [S.ORDERED, S.SENT, S.PRINTED], S.FAILED, label=_("Something went wrong"), kind="quiet", form=COMMENT,
        by=[administrators, the_printer, the_clock], tells=[rules.the_office_of_document], mail="print_failed",
        awaits=[Await(_("Mend what stopped the print order and hand it over again"), Role.ADMIN, "try_again", days=1)],
    )  # fmt: skip
    def fail(self, *, by: User, comment: str) -> None:
        """It could not be handed over, or the printer says what is in the way."""
        self.problem = comment

    @step(status, S.FAILED, S.ORDERED, label=_("Hand it over again"), by=[administrators])
    def try_again(self, *, by: User) -> None:
        """The same order, the same file, once more on its way to the printer."""
        self.problem = ""

    @step(
        status, [S.ORDERED, S.SENT, S.FAILED], S.ORDERED, label=_("Change the order"), by=[administrators, the_clock],
        kind="quiet", form=f"{FORMS}.ChangeForm",
    )  # fmt: skip
    def change(
        self, *, by: User, copies: int, paper: str, binding: str, ship_to: str, needed_by: Any, comment: str
    ) -> None:
        """Another ticket takes the place of the one the printer has; it follows from a meeting that was moved as well."""
        self.copies, self.paper, self.binding, self.ship_to, self.needed_by = copies, paper, binding, ship_to, needed_by
        self.problem = ""

    @step(
        status, list(NOT_SHIPPED), S.RECALLED, label=_("Recall"), by=[administrators, the_clock], kind="danger", form=COMMENT,
    )  # fmt: skip
    def recall(self, *, by: User, comment: str) -> None:
        """Nothing more is printed from it; the printer is told where he has it already."""
