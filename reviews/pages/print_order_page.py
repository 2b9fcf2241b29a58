"""The list of print orders, and the page of one: what was ordered, where it is, and what may be done."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from acr_program.ui import markup, phrases
from acr_program.ui.columns import Column, Sort, Table
from acr_program.workflow.ages import age_column
from reviews.choices import PrintStatus
from reviews.models import Handover, PrintAlarm, PrintEvent, PrintOrder, ReviewRequest

from .one import SHOWN, OnePage


def tone_of(order: PrintOrder) -> str:
    return "bad" if order.is_late or order.status == "failed" else "neutral"


def needed_of(order: PrintOrder) -> SafeString | str:
    shown = phrases.day(order.needed_by)
    return markup.toned(shown, "bad") if order.is_late else shown


TABLE = Table(
    columns=[
        Column("order", _("Order"), lambda o: o.name, link=True, sub=lambda o: str(o.request)),
        Column("status", _("State")),
        age_column(tone_of),
        Column("copies", _("Copies"), num=True),
        Column("needed_by", _("Needed by"), value=needed_of, plain=lambda o: o.needed_by, sort="needed", nowrap=True),
        Column("carrier", _("Carrier"), sub="tracking", empty=_("not shipped")),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("needed", _("Day needed"), "needed_by", "id")],
    noun=(_("print order"), _("print orders")),
    pick=True,
    also=[
        Column("customer", _("Account"), "request.account.name"), Column("ship_to", _("Address")),
        Column("paper", _("Paper"), "get_paper_display"), Column("binding", _("Binding"), "get_binding_display"),
        Column("reason", _("Why once more")), Column("tracking", _("Tracking number")), Column("printed_on", _("Printed on")),
        Column("shipped_on", _("Shipped on")), Column("delivered_on", _("Delivered on")),
    ],
)  # fmt: skip


class PrintOrderPage(OnePage[PrintOrder]):
    """One print order as one person sees it."""

    @cached_property
    def in_vain(self) -> Handover | None:
        """The handover that was tried, found nobody who took it, and is tried again by itself."""
        if self.of.status != PrintStatus.ORDERED:
            return None
        tried: Any = self.of.handovers.filter(round=self.of.version, attempts__gt=0).exclude(error="")
        return tried.first()

    @cached_property
    def alarms(self) -> list[PrintAlarm]:
        return list(PrintAlarm.objects.standing().filter(order=self.of).order_by("-pk")[:1])

    @cached_property
    def events(self) -> list[PrintEvent]:
        return list(self.of.events.order_by("-pk")[:SHOWN])

    @cached_property
    def may_see_review(self) -> bool:
        return ReviewRequest.objects.visible_to(self.user).filter(pk=self.of.request_id).exists()
