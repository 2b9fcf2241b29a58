"""The lists of accounts, by name: all, those with open ends, the order lines of one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage

from .filters import AccountFilter, OpenEndFilter
from .models import Account, OrderLine
from .tables import ACCOUNTS, OPEN_ENDS, ORDERS


@known_list("accounts", _("Accounts"), page="accounts:accounts")
def account_list(request: SignedRequest) -> ListPage:
    rows = Account.objects.visible_to(request.user).for_list()
    return ListPage(request, AccountFilter(request.GET, queryset=rows, request=request), ACCOUNTS)


@known_list("open-ends", _("Open ends"), page="accounts:open-ends")
def open_end_list(request: SignedRequest) -> ListPage:
    """What imports left open, for the office to close."""
    rows = Account.objects.filter(has_open_ends=True).select_related("manager")
    return ListPage(request, OpenEndFilter(request.GET, queryset=rows, request=request), OPEN_ENDS)


@known_list("orders", _("Order lines"), page="accounts:orders", of="account", views=False)
def order_list(request: SignedRequest, account: Account) -> ListPage:
    return ListPage(request, OrderLine.objects.filter(account=account).order_by(), ORDERS)
