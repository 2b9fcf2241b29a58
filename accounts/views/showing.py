"""Accounts to read: the list, what is still open, one account, its orders and its whole story."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from acr_program.people.choices import Role
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_office
from acr_program.ui.lists import ListPage

from .. import lists
from ..models import Account
from ..pages import entries_of, happenings, page
from ..tables import STORY

SEES_ALL = (Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE, Role.LEADER)


def account_list(request: SignedRequest) -> HttpResponse:
    office = program_office(request.user)
    context = {
        "list": lists.account_list(request),
        "title": _("Accounts") if request.user.has(*SEES_ALL) else _("My accounts"),
        "may_add": office,
    }
    return render(request, "accounts/list.html", context)


def open_ends(request: SignedRequest) -> HttpResponse:
    return render(request, "accounts/open_ends.html", {"list": lists.open_end_list(request)})


def account_page(request: SignedRequest, account: Account) -> HttpResponse:
    return render(request, "accounts/account.html", {"account": account, "page": page(account, request.user)})


def orders(request: SignedRequest, account: Account) -> HttpResponse:
    return render(request, "accounts/orders.html", {"account": account, "list": lists.order_list(request, account)})


def story(request: SignedRequest, account: Account) -> HttpResponse:
    entries = ListPage(request, entries_of(account, request.user), STORY)
    context = {"account": account, "list": entries, "timeline": happenings(entries.objects)}
    return render(request, "accounts/story.html", context)
