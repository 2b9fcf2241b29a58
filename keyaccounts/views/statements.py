"""What customers are told: the list, one statement and its letter, writing one anew, and what each customer knows."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.exports.actions import too_many
from acr_program.people.requests import SignedRequest
from acr_program.ui.parts import Crumb
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import Undone, once
from acr_program.workflow.errors import Refused

from .. import lists_value
from ..actions.statements import write_anew
from ..models import Knowing, Membership, Statement
from ..pages.statements import KnowingPage, StatementPage
from ..value_letter import ask_letter


def way_to(of: Statement | Knowing) -> list[Crumb]:
    """By the list of its kind and the account's own way through the programme."""
    told = isinstance(of, Statement)
    first = (_("What customers are told"), "statements") if told else (_("What customers know"), "knowings")
    membership = of.membership
    return [
        Crumb(first[0], reverse(f"keyaccounts:{first[1]}")),
        Crumb(membership.account.name, membership.get_absolute_url()),
    ]


def statement_list(request: SignedRequest) -> HttpResponse:
    return render(request, "keyaccounts/value_statements.html", {"page": lists_value.statement_list(request)})


def statement_page(request: SignedRequest, of: Statement) -> HttpResponse:
    with reading():
        page = StatementPage(of, request.user)
        context = {"page": page, "of": of, "told": page.told, "way": way_to(of)}
        return render(request, "keyaccounts/value_statement.html", context)


@once
def write(request: SignedRequest, membership: Membership) -> HttpResponse:
    """With the facts of today, to be sent by whoever has the account."""
    try:
        made = write_anew(membership, by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(membership.get_absolute_url())
    messages.success(request, _("It is written with the facts of today. Look at it, then send it to the customer."))
    return redirect(made)


@once
def letter(request: SignedRequest, of: Statement) -> HttpResponse:
    """The letter as a PDF, drawn by a worker; it lies ready among one's messages."""
    if not StatementPage(of, request.user).has_letter:
        messages.warning(request, _("There is no letter: it is not approved yet, or holds no more."))
        return Undone(of.get_absolute_url())
    if refusal := too_many(request.user):
        return render(request, "429.html", {"exception": refusal}, status=HTTPStatus.TOO_MANY_REQUESTS)
    ask_letter(of, request.user)
    messages.info(request, _("It is being written. It will lie ready under “My messages” in a minute."))
    return redirect("desk:messages")


def knowing_list(request: SignedRequest) -> HttpResponse:
    return render(request, "keyaccounts/value_knowings.html", {"page": lists_value.knowing_list(request)})


def knowing_page(request: SignedRequest, of: Knowing) -> HttpResponse:
    with reading():
        context = {"page": KnowingPage(of, request.user), "of": of, "way": way_to(of)}
        return render(request, "keyaccounts/value_knowing.html", context)
