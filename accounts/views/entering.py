"""An account entered and changed, and the people met there."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import once
from acr_program.workflow.views import seen_in

from .. import actions
from ..forms import AccountForm, ApproversForm, ContactForm
from ..models import Account, Contact
from .asking import ask, keep


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
    form = AccountForm(request.POST or None, instance=account)
    act = partial(actions.change, account, by=request.user, seen=seen_in(request))
    return keep(request, account, form, _("Change the facts"), act, _("Done: the facts are changed."))


@once
def edit_approvers(request: SignedRequest, account: Account) -> HttpResponse:
    """Who approves this account's reviews after the account manager's own leader, in which order."""
    form = ApproversForm(request.POST or None, account=account, designated=actions.designated(account))
    act = partial(actions.designate, account, by=request.user, seen=seen_in(request))
    return keep(
        request,
        account,
        form,
        _("Who approves"),
        act,
        _("Kept: who approves, and in which order."),
        note=rule_of(account),
    )


def rule_of(account: Account) -> str:
    """Who approves first, whatever is named here."""
    leader = account.manager.reports_to if account.manager else None
    if leader is None:
        return _("Nobody is above the account manager: the program’s owner approves first. Then, in this order:")
    return _("%(leader)s, above %(manager)s, approves first. Then, in this order:") % {
        "leader": leader.name, "manager": account.manager.name if account.manager else "",
    }  # fmt: skip


@once
def edit_contact(request: SignedRequest, account: Account, contact: int | None = None) -> HttpResponse:
    """Somebody new at the customer, or a change."""
    actions.check_contact(account, request.user)
    known = get_object_or_404(account.contacts, pk=contact) if contact else Contact(account=account)
    title = _("Change %(name)s") % {"name": known.name} if contact else _("Add a contact")
    form = ContactForm(request.POST or None, initial=actions.told(known))
    act = partial(actions.keep_contact, account, known, by=request.user, seen=seen_in(request))
    return keep(request, account, form, title, act, _("Kept: who is met there."), contact=known)


@once
def drop_contact(request: SignedRequest, account: Account, contact: int) -> HttpResponse:
    known = get_object_or_404(account.contacts, pk=contact)
    name = known.name
    actions.drop_contact(account, known, by=request.user)
    messages.success(request, _("%(name)s is taken off the list.") % {"name": name})
    return redirect(account)
