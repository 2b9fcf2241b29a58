"""The evidence pack of one account and year, and the log to be checked offline: asked for here, written by a worker."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import Account
from acr_program.charter.models import ProgramYear
from acr_program.exports.actions import too_many
from acr_program.exports.models import Export
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import overseers
from acr_program.ui.parts import Crumb
from acr_program.workflow.clicks import once
from reviews.evidence import taking
from reviews.evidence.pack import reviews_of
from reviews.models import ReviewRequest


@once
def evidence(request: SignedRequest, account: Account, year: int) -> HttpResponse:
    """What will be in the pack; a click has it written."""
    if not taking.may_take(request.user, account):
        raise PermissionDenied(
            _(
                "The evidence is for the office, an auditor, and the sales representative of the account with their leader."
            )
        )
    of_year = get_object_or_404(ProgramYear, pk=year)
    reviews = reviews_of(account, of_year)
    if not reviews:
        raise Http404(_("No review of this account was asked for in that year."))
    if request.method == "POST":
        return asked(request, lambda: taking.ask_pack(account, of_year, request.user))
    way = [Crumb(account.name, account.get_absolute_url()), Crumb(_("Evidence %(year)s") % {"year": of_year.label})]
    context = {
        "account": account, "year": of_year, "reviews": reviews, "way": way, "sees_notes": overseers(request.user),
        "kinds": taking.TRAILS,
    }  # fmt: skip
    return render(request, "reviews/evidence.html", context)


@once
def trail(request: SignedRequest, account: Account, kind: str) -> HttpResponse:
    """The log of the account, or of the one review of it that is named."""
    if not overseers(request.user):
        raise PermissionDenied(_("The log is for %(who)s.") % {"who": overseers.title})
    if kind not in taking.TRAILS:
        raise Http404(_("The log is written as CSV or as JSON lines."))
    review = None
    if named := request.POST.get("review", ""):
        review = get_object_or_404(ReviewRequest, pk=named if named.isdecimal() else 0, account=account)
    return asked(request, lambda: taking.ask_trail(account, review, kind, request.user))


def asked(request: SignedRequest, begin: Callable[[], Export]) -> HttpResponse:
    if refusal := too_many(request.user):
        return render(request, "429.html", {"exception": refusal}, status=HTTPStatus.TOO_MANY_REQUESTS)
    begin()
    messages.info(request, _("It is being written. It will lie ready under “My messages” in a minute."))
    return redirect("desk:messages")
