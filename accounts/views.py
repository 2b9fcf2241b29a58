"""Accounts: the list, one account, its facts and its people."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from acr_program.people.choices import Role
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_office
from acr_program.ui.lists import ListPage
from acr_program.workflow.clicks import once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in

from . import actions
from .filters import AccountFilter
from .forms import AccountForm, ContactForm
from .models import Account, Contact
from .pages import page
from .tables import ACCOUNTS

SEES_ALL = (Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE, Role.LEADER)


def account_list(request: SignedRequest) -> HttpResponse:
    rows = Account.objects.visible_to(request.user).select_related("manager")
    found = AccountFilter(request.GET, queryset=rows, request=request)
    context = {
        "list": ListPage(request, found, ACCOUNTS),
        "title": _("Accounts") if request.user.has(*SEES_ALL) else _("My accounts"),
        "may_add": program_office(request.user),
    }
    return render(request, "accounts/list.html", context)


def account_page(request: SignedRequest, account: Account) -> HttpResponse:
    return render(request, "accounts/account.html", {"account": account, "page": page(account, request.user)})


def ask(
    request: SignedRequest, form: BaseForm, title: str, cancel: str, of: Any = None, refused: bool = False, **more: Any
) -> HttpResponse:
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {"form": form, "title": title, "cancel": cancel, "of": of, **more}
    return render(request, "accounts/form.html", context, status=status)


@once
def new_account(request: SignedRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, _("Add an account"), "/accounts/")
    account = actions.add(by=request.user, **form.cleaned_data)
    messages.success(request, _("%(account)s is added, as a prospect.") % {"account": account})
    return redirect(account)


@once
def edit_account(request: SignedRequest, account: Account) -> HttpResponse:
    title = _("Change the facts")
    form = AccountForm(request.POST or None, instance=account)
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, title, account.get_absolute_url(), account)
    try:
        actions.change(account, by=request.user, seen=seen_in(request), **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, form, title, account.get_absolute_url(), account, refused=True)
    messages.success(request, _("Done: the facts are changed."))
    return redirect(account)


@once
def edit_contact(request: SignedRequest, account: Account, contact: int | None = None) -> HttpResponse:
    """Somebody new at the customer, or a change."""
    actions.check_contact(account, request.user)
    known = get_object_or_404(account.contacts, pk=contact) if contact else Contact(account=account)
    title = _("Change %(name)s") % {"name": known.name} if contact else _("Add a contact")
    form = ContactForm(request.POST or None, initial=actions.told(known))
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, title, account.get_absolute_url(), account, contact=known)
    try:
        actions.keep_contact(account, known, by=request.user, seen=seen_in(request), **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, form, title, account.get_absolute_url(), account, refused=True, contact=known)
    messages.success(request, _("Kept: %(name)s.") % {"name": known.name})
    return redirect(account)


@once
def drop_contact(request: SignedRequest, account: Account, contact: int) -> HttpResponse:
    known = get_object_or_404(account.contacts, pk=contact)
    name = known.name
    actions.drop_contact(account, known, by=request.user)
    messages.success(request, _("%(name)s is taken off the list.") % {"name": name})
    return redirect(account)
