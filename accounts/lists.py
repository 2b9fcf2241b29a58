"""The list of accounts, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage

from .filters import AccountFilter
from .models import Account
from .tables import ACCOUNTS


@known_list("accounts", _("Accounts"), page="accounts:accounts")
def account_list(request: SignedRequest) -> ListPage:
    rows = Account.objects.visible_to(request.user).for_list()
    return ListPage(request, AccountFilter(request.GET, queryset=rows, request=request), ACCOUNTS)
