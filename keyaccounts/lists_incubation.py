"""The lists of incubation, by name."""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage

from .choices_incubation import CheckpointStatus
from .filters_incubation import CycleFilter, SpendingFilter, WaiverFilter
from .models import IncubationCycle, Spending, Standard, Waiver
from .tables_incubation import CYCLES, SPENDINGS, STANDARDS, WAIVERS


@known_list("incubations", _("Incubations"), page="keyaccounts:cycles")
def cycle_list(request: SignedRequest) -> ListPage:
    """Every incubation that this person sees, with how much of its allowance is taken."""
    measured = ~Q(checkpoints__status=CheckpointStatus.DROPPED)
    rows = IncubationCycle.objects.visible_to(request.user).for_list()
    rows = rows.annotate(
        measured=Count("checkpoints", filter=measured),
        answered=Count("checkpoints", filter=Q(checkpoints__status=CheckpointStatus.ANSWERED)),
    )
    return ListPage(request, CycleFilter(request.GET, queryset=rows.order_by(), request=request), CYCLES)


@known_list("requirements", _("Versions of the requirements"), page="keyaccounts:standards", views=False)
def standard_list(request: SignedRequest) -> ListPage:
    rows = Standard.objects.visible_to(request.user).select_related("made_by")
    return ListPage(request, rows.annotate(measure_count=Count("measures")), STANDARDS)


@known_list("incubation-spending", _("Spending of an incubation"), page="keyaccounts:spendings", of="cycle")
def spending_list(request: SignedRequest, cycle: IncubationCycle) -> ListPage:
    rows = Spending.objects.visible_to(request.user).filter(cycle=cycle).select_related("by")
    return ListPage(request, SpendingFilter(request.GET, queryset=rows.order_by(), request=request), SPENDINGS)


@known_list("key-account-exceptions", _("Exceptions"), page="keyaccounts:exceptions")
def waiver_list(request: SignedRequest) -> ListPage:
    """What senior executives have lifted, each by name and with the reason (K-12, K-16)."""
    rows = Waiver.objects.visible_to(request.user).select_related("membership__account", "by", "cycle")
    return ListPage(request, WaiverFilter(request.GET, queryset=rows.order_by(), request=request), WAIVERS)
