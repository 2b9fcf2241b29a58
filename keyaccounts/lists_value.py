"""The lists of what customers get, are told and know (K-01 to K-03, K-22)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage

from .filters_value import KnowingFilter, PropositionFilter, StatementFilter
from .models import Knowing, Proposition, Statement
from .tables_value import KNOWINGS, PROPOSITIONS, STATEMENTS


@known_list("value-propositions", _("What they get"), page="keyaccounts:propositions")
def proposition_list(request: SignedRequest) -> ListPage:
    rows = Proposition.objects.visible_to(request.user).for_list()
    return ListPage(request, PropositionFilter(request.GET, queryset=rows.order_by(), request=request), PROPOSITIONS)


@known_list("statements", _("What customers are told"), page="keyaccounts:statements")
def statement_list(request: SignedRequest) -> ListPage:
    rows = Statement.objects.visible_to(request.user).for_list()
    return ListPage(request, StatementFilter(request.GET, queryset=rows.order_by(), request=request), STATEMENTS)


@known_list("what-customers-know", _("What customers know"), page="keyaccounts:knowings")
def knowing_list(request: SignedRequest) -> ListPage:
    rows = Knowing.objects.visible_to(request.user).for_list()
    return ListPage(request, KnowingFilter(request.GET, queryset=rows.order_by(), request=request), KNOWINGS)
