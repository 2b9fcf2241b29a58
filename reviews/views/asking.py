"""Asking for a review: the form, the draft it keeps while one types, and the plan counted back beside it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from accounts.models import Account
from acr_program.charter.models import Program
from acr_program.desk.models import Draft
from acr_program.people.models import User
from acr_program.people.requests import SignedRequest
from acr_program.ui.forms import Day
from acr_program.ui.parts import Crumb
from acr_program.workflow.clicks import key_in, once
from acr_program.workflow.edit import edit
from acr_program.workflow.errors import Refused, Stale, StepBlocked, who_was_faster
from acr_program.workflow.perform import perform
from acr_program.workflow.views import seen_in, tell_done
from reviews.accountable import untrained
from reviews.actions.drafting import form_name
from reviews.actions.requesting import address_of, ask_for_review
from reviews.forms.request import KEPT, RequestForm, accounts_of
from reviews.models import ReviewRequest
from reviews.pages.plan import Plan, plan_for
from reviews.pages.request_page import EDITABLE
from reviews.rules import rep_of_account

from .resent import TYPED, keep, nothing_lost

SENT = "sent"


@nothing_lost
@once
def new(request: SignedRequest) -> HttpResponse:
    """A request for one of one's own accounts; what was typed before is there again."""
    if request.method == "POST":
        return ask(request)
    typed = typed_before(request.user, form_name())
    given = request.GET.get("account", "")
    initial = dict(typed)
    if given.isdecimal() and given != initial.get("account"):
        initial = {k: v for k, v in initial.items() if k not in ("recipient", "ship_to")} | {"account": given}
    form = RequestForm(initial=initial, user=request.user)
    moved = bool(typed.get("account")) and initial.get("account") != typed["account"]
    return show(request, form, restored=bool(typed), moved=moved, given=given)


def ask(request: SignedRequest) -> HttpResponse:
    """Begin the request, and submit it unless it is to be kept as a draft."""
    final = "draft" not in request.POST
    form = RequestForm(request.POST, user=request.user, final=final)
    if not form.is_valid():
        return show(request, form, status=HTTPStatus.BAD_REQUEST)
    assert form.customer is not None
    assert form.year is not None
    review, fresh = ask_for_review(form.customer, form.year, by=request.user, **form.values())
    sent(request, form_name())
    if not fresh and review.status not in EDITABLE:
        messages.info(request, _("That was submitted already, a moment ago."))
        return redirect(review)
    return submit_or_keep(request, review, final=final)


@nothing_lost
@once
def edit_request(request: SignedRequest, review: ReviewRequest) -> HttpResponse:
    """Mend a draft, or what came back from the office."""
    if not rep_of_account(request.user, review):
        raise PermissionDenied(_("A request is edited by %(who)s.") % {"who": rep_of_account.title})
    if review.status not in EDITABLE:
        closed = _("It is under way and can no longer be edited. %(last)s Ask the office, or cancel it and ask anew.")
        context = {
            "object": review, "step": {"label": _("Edit the request")},
            "refusal": closed % {"last": who_was_faster(review)}, "typed": words_in(request),
        }  # fmt: skip
        return render(request, "workflow/refused.html", context, status=HTTPStatus.CONFLICT)
    if request.method == "POST":
        return mend(request, review)
    typed = typed_before(request.user, form_name(review.pk))
    stands = {name: getattr(review, f"{name}_id" if name == "recipient" else name) for name in KEPT}
    form = RequestForm(initial=stands | typed, user=request.user, account=review.account, fixed=True)
    missing = review.unmet(review.declared_steps()["submit"])
    return show(request, form, review=review, restored=bool(typed), missing=missing)


def words_in(request: SignedRequest) -> str:
    """What somebody wrote into a form that is no longer taken, to be copied."""
    written = [
        request.POST.get(name, "").strip() for name in ("goal", "short_notice_reason", "meeting_place", "ship_to")
    ]
    return "\n\n".join(filter(None, written))


def mend(request: SignedRequest, review: ReviewRequest) -> HttpResponse:
    final = "draft" not in request.POST
    form = RequestForm(request.POST, user=request.user, account=review.account, final=final, fixed=True)
    if not form.is_valid():
        return show(request, form, review=review, status=HTTPStatus.BAD_REQUEST)
    key = request.POST.get("key", "")[:50]
    fields = form.values() | {"year": form.year}
    try:
        changed = edit(review, seen=seen_in(request), by=request.user, key=key and f"{key}-edit", **fields)
    except Stale as refusal:
        fresh = ReviewRequest.objects.for_page().get(pk=review.pk)
        again = request.POST.copy()
        again["seen"] = str(fresh.version)  # whoever sends it again has been told
        form.data = again
        return show(request, form, review=fresh, refusal=refusal.sentence, status=HTTPStatus.CONFLICT)
    sent(request, form_name(review.pk))
    return submit_or_keep(request, changed, final=final)


def submit_or_keep(request: SignedRequest, review: ReviewRequest, *, final: bool) -> HttpResponse:
    """Take the step; where something is missing the request stays a draft and the form says what."""
    if not final:
        tell_done(request, review, _("Kept as a draft. Nobody has been asked yet."), seen_in(request))
        return redirect(review)
    try:
        seen = review.version
        review = perform(review, "submit", by=request.user, seen=seen, key=key_in(request))
    except StepBlocked:
        messages.warning(request, _("It is kept, but it could not be submitted yet."))
        return redirect("reviews:request-edit", review.pk)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect(review)
    tell_done(request, review, _("Submitted. The office has been asked to begin."), seen)
    return redirect(review)


def show(request: SignedRequest, form: RequestForm, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
    """The form, with the plan beside it."""
    review = context.get("review")
    others = [] if review else refused_account(request, form, context.get("given", ""))
    context |= {
        "form": form.with_audiences(),
        "plan": plan_of(form),
        "way": [to_requests(), *([Crumb(str(review), review.get_absolute_url())] if review else [])],
        "not_possible": others,
        "untrained": untrained(review.rep if review else request.user),
        "ready": Program.objects.exists() if review is None else True,
        "none_of_mine": review is None and not form.fields["account"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return render(request, "reviews/request_form.html", context, status=status)


def refused_account(request: SignedRequest, form: RequestForm, given: str) -> list[Account]:
    """The account somebody came from, where it cannot have a review now."""
    if not given.isdecimal() or form.customer is not None:
        return []
    return list(Account.objects.visible_to(request.user).filter(pk=given))


def plan_of(form: RequestForm) -> Plan | None:
    """The plan for the day as typed so far."""
    try:
        return plan_for(Day(required=False).clean(form["meeting_on"].value()), form.delivery_chosen)
    except ValidationError:
        return None


def schedule(request: SignedRequest) -> HttpResponse:
    """The plan alone, for the day and the delivery in the address."""
    form = RequestForm(initial=request.GET.dict(), user=request.user)
    return render(request, "reviews/request_schedule.html", {"plan": plan_of(form)})


def delivery(request: SignedRequest) -> HttpResponse:
    """The questions that follow from the account and the way of delivery."""
    given = {name: request.GET.get(name, "") for name in ("account", "delivery", "recipient", "copies", "ship_to")}
    if given["ship_to"] in {address_of(account) for account in accounts_of(request.user)}:
        given["ship_to"] = ""  # another account's address, filled in by the page itself
    form = RequestForm(initial=given, user=request.user)
    return render(request, "reviews/request_delivery.html", {"form": form})


def keep_typed(request: SignedRequest) -> HttpResponse:
    """Keep what is being typed, or forget it."""
    of = request.POST.get("draft_of", "")
    name = form_name(of if of.isdecimal() else None)
    if "forget" in request.POST:
        Draft.objects.drop(request.user, name)
        return redirect("reviews:request-edit", of) if of.isdecimal() else redirect("reviews:new")
    if Draft.objects.typed(request.user, name).get(SENT) == request.POST.get("key", ""):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)  # it overtook nothing: the form itself has arrived already
    keep(request)
    return HttpResponse(_("Kept at %(time)s") % {"time": date_format(localtime(now()), "H:i")})


def typed_before(user: User, name: str) -> dict[str, Any]:
    """What stands in the draft of a form; nothing once the form was sent."""
    return {field: value for field, value in Draft.objects.typed(user, name).items() if field in TYPED and value}


def sent(request: SignedRequest, name: str) -> None:
    """The form has arrived: its draft is over, and words of the same page that come late are not kept again."""
    Draft.objects.keep(request.user, name, {SENT: request.POST.get("key", "")})


def to_requests() -> Crumb:
    return Crumb(_("Requests"), reverse("reviews:requests"))
