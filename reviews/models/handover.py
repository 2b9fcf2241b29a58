"""What the program owes the printer: a ticket and the sealed file handed over, or word that an order is recalled (R-24)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Self

from django.db import models, transaction
from django.utils.translation import gettext_lazy

from acr_program.files.errors import Corrupt
from acr_program.jobs.errors import LeaseLost, PermanentError
from acr_program.jobs.faults import fault
from acr_program.jobs.models import Job
from acr_program.links.models import Link
from acr_program.people.models import User
from acr_program.render.errors import RenderError
from acr_program.workflow.perform import perform

from ..choices import PrintStatus as S
from .fulfilment import PrintOrder

PURPOSE = "print"
PASSING = re.compile(r"^(NotTaken|RenderError): ")  # how a job keeps an error that another try may mend
DAYS = 90  # the printer's link works so long


class Handover(Job):
    """One order on its way to the printer, in one of its rounds; the row is the only thing that sets it off."""

    WALL = timedelta(seconds=120)
    BATCH = 1

    order = models.ForeignKey(PrintOrder, models.CASCADE, related_name="handovers", editable=False)
    round = models.PositiveIntegerField(gettext_lazy("version of the order"), editable=False)
    recalls = models.BooleanField(gettext_lazy("takes the order back"), default=False, editable=False)
    token = models.CharField(
        max_length=64, blank=True, editable=False
    )  # of the printer's link, until it is handed over

    class Meta(Job.Meta):
        verbose_name = gettext_lazy("handover to the printer")
        verbose_name_plural = gettext_lazy("handovers to the printer")
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(fields=["order", "round"], name="handover_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.order.name}, {self.get_state_display()}"

    @classmethod
    def ask(cls, order: PrintOrder, *, recalls: bool = False) -> Self:
        """Ask for it inside the transaction that makes it due."""
        handover = cls.objects.create(order=order, round=order.version, recalls=recalls)
        handover.ring()
        return handover

    def work(self) -> None:
        """The same names and the same bytes however often it is tried: what stands there already is replaced by itself."""
        from .. import printer

        order: Any = PrintOrder.objects.for_page().get(pk=self.order_id)
        if self.is_overtaken(order):
            return
        try:
            if self.recalls:
                printer.take_back(order, self.round)
            else:
                printer.hand_over(order, self.round, self.kept_token(order))
        except Corrupt as error:
            raise PermanentError(error.sentence) from error
        except RenderError as error:
            raise PermanentError(error.sentence) if error.permanent else error from error
        fault("handed_over")
        if not self.recalls and self.is_recalled:  # while it was on its way
            printer.take_back(order, self.round)
        with self.settle():
            self.note(token="")
            now: Any = PrintOrder.objects.get(pk=self.order_id)
            if not self.recalls and now.status == S.ORDERED and not self.is_overtaken(now):
                perform(now, "send", by=User.objects.clock(), seen=now.version)

    def is_overtaken(self, order: PrintOrder) -> bool:
        """Somebody has taken it further, or a later round has taken its place."""
        moved = not self.recalls and order.status != S.ORDERED
        return moved or Handover.objects.filter(order=order, round__gt=self.round).exists()

    @property
    def is_recalled(self) -> bool:
        return Handover.objects.filter(order=self.order_id, round__gt=self.round, recalls=True).exists()

    def kept_token(self, order: PrintOrder) -> str:
        """The printer's link of this round: made at the first try and kept until the end, so that each try gives the same."""
        if not self.token:
            with transaction.atomic():
                Link.revoke(order, PURPOSE)
                self.note(token=Link.issue(PURPOSE, order, days=DAYS)[1])
        return self.token

    def note(self, **fields: Any) -> None:
        if not self._write(**fields):
            raise LeaseLost(f"{self._meta.label} {self.pk}")

    @property
    def said(self) -> str:
        """What the last try in vain met with, as people read it."""
        return PASSING.sub("", self.error)

    def on_failed(self) -> None:
        """The order says why it did not go out, and waits for somebody's hand; a recall that found nobody is told as well."""
        now: Any = PrintOrder.objects.get(pk=self.order_id)
        if now.status == S.ORDERED and not self.is_overtaken(now):
            perform(now, "fail", by=User.objects.clock(), seen=now.version, comment=self.said)
