"""The alarm of a print order: before its day is missed, and when it is missed by a day; each once (R-19)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from acr_program.jobs.clock import duty
from acr_program.outbox.post import post
from acr_program.people.models import Absence, User
from acr_program.workflow.days import add_working_days

from ..choices import NOT_SHIPPED, AlarmKind, PrintStatus
from ..models import PrintAlarm, PrintOrder

ON_THE_ROAD = 3  # working days a shipment takes: with fewer left, what has not left will not be there


@duty("raise the alarm where a print order is late", every=timedelta(minutes=30))
def raise_alarms(moment: datetime) -> None:
    """Whatever time the clock was away: each order is alarmed for once, and with the graver of two alone."""
    today = localdate(moment)
    put_aside(moment)
    for kind, orders in ((AlarmKind.MISSED, missed(today)), (AlarmKind.NEAR, near(today))):
        for order in orders:
            with transaction.atomic():
                alarm, is_new = PrintAlarm.objects.get_or_create(
                    order=order, kind=kind, needed_by=order.needed_by, defaults={"raised_at": moment}
                )
                if is_new:
                    tell(alarm, today)


def put_aside(moment: datetime) -> None:
    standing = PrintAlarm.objects.standing().values("pk")
    PrintAlarm.objects.filter(over_at=None).exclude(pk__in=standing).update(over_at=moment)


def near(today: date) -> QuerySet[PrintOrder]:
    """Not on its way, and too few working days left for the way; what has missed its day is told of as missed."""
    until = add_working_days(today, ON_THE_ROAD)
    return unheard(AlarmKind.NEAR, Q(status__in=NOT_SHIPPED, needed_by__lte=until, needed_by__gte=today))


def missed(today: date) -> QuerySet[PrintOrder]:
    """A day late: neither there nor said to be there."""
    return unheard(AlarmKind.MISSED, Q(status__in=[*NOT_SHIPPED, PrintStatus.SHIPPED], needed_by__lt=today))


def unheard(kind: str, which: Q) -> QuerySet[PrintOrder]:
    heard = PrintAlarm.objects.filter(order=OuterRef("pk"), kind=kind, needed_by=OuterRef("needed_by"))
    return PrintOrder.objects.for_list().filter(which).exclude(Exists(heard)).order_by("needed_by", "pk")


def tell(alarm: PrintAlarm, today: date) -> None:
    """The office and the representative, and whoever acts for them today."""
    rep = alarm.order.request.rep
    acting = Absence.objects.stand_ins([rep.pk], today)
    stand_ins = User.objects.filter(pk__in=acting.values(), is_active=True)
    people = [*User.objects.holding("admin"), rep, *stand_ins]
    key = f"print-alarm-{alarm.order_id}-{alarm.kind}-{alarm.needed_by:%Y%m%d}"
    post(alarm.order, key=key, to=people, template="print_late", context={"alarm": alarm})
