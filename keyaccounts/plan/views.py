"""Account plans: the list, one plan, one part, and every row in it, through one pair of views."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import Undone, once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in

from ..choices_plan import PartKey
from ..models import AccountPlan, Membership
from ..plan_rules import unconfirmed
from ..views.value_asking import keep, typed
from . import lists, opening, writing
from .beginning import begin_plan
from .confirming import confirm
from .forms import ConfirmedForm
from .kinds import Kind, find
from .pages import PartPage, PlanPage, since, way_to


def plan_list(request: SignedRequest) -> HttpResponse:
    return render(request, "keyaccounts/plan_list.html", {"page": lists.plan_list(request)})


def plan_page(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    with reading():
        context = {"page": PlanPage(of, request.user), "of": of, "way": way_to(of)}
        return render(request, "keyaccounts/plan.html", context)


def part_page(request: SignedRequest, of: AccountPlan, part: str) -> HttpResponse:
    if part not in PartKey.values:
        raise Http404(_("There is no such part."))
    with reading():
        context = {"page": PartPage(of, part, request.user), "of": of}
        return render(request, "keyaccounts/plan_part.html", context)


def changes_page(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    number = request.GET.get("since", "")
    found = since(of, int(number) if number.isdecimal() and len(number) < 5 else None)
    return render(request, "keyaccounts/plan_changes.html", {"of": of, "since": found, "way": way_to(of)})


@once
def begin(request: SignedRequest, membership: Membership) -> HttpResponse:
    try:
        made = begin_plan(membership, by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(membership.get_absolute_url())
    messages.success(request, _("The plan of the year is begun, in nine parts."))
    return redirect(made)


@once
def opened(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    opening.opened(of, by=request.user)
    return redirect(of)


@once
def confirmed(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    """The customer confirmed it to us: who, how, and which of the four."""
    writing.check_writes(request.user, of)
    form = ConfirmedForm(typed(request), open_=unconfirmed(of))
    act = partial(confirm, of, by=request.user)
    return keep(request, form, _("What the customer confirmed"), of, act, _("It is noted."), of=of)


# Rows


def kind_of(key: str) -> Kind:
    found = find(key)
    if found is None:
        raise Http404(_("Nothing of this kind stands in a plan."))
    return found


def page_of(of: AccountPlan, part: str) -> str:
    return reverse("keyaccounts:plan-part", args=[of.pk, part]) if part in PartKey.values else of.get_absolute_url()


def ask(
    request: SignedRequest, of: AccountPlan, kind: Kind, form: Any, title: str, back: str,
    status: int = HTTPStatus.OK, **more: Any,
) -> HttpResponse:  # fmt: skip
    context = {"form": form, "of": of, "kind": kind, "title": title, "to": back, **more}
    return render(request, "keyaccounts/plan_row.html", context, status=status)


def begun(request: SignedRequest, kind: Kind) -> dict[str, str]:
    """What the address says of a new row: a link on a page may begin it."""
    return {name: request.GET[name] for name in kind.fields if name in request.GET}


@once
def add(request: SignedRequest, of: AccountPlan, kind: str) -> HttpResponse:
    """One more row of this kind; what its part is stands in the address where the kind is of any part."""
    which = kind_of(kind)
    if which.fixed:
        raise Http404(_("These are there from the beginning."))
    writing.check_writes(request.user, of, which)
    row, part = which.new(of), which.part or request.GET.get("part", "")
    if not which.part:
        if part not in PartKey.values:
            raise Http404(_("There is no such part."))
        setattr(row, which.names_part, part)
    form, back = which.form_for(of, typed(request), row, **begun(request, which)), page_of(of, part)
    title = str(which.add)
    if not form.is_valid():
        return ask(request, of, which, form, title, back, HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK)
    try:
        writing.add_row(of, which, by=request.user, row=form.instance, mine=form.mine())
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, of, which, form, title, back, HTTPStatus.CONFLICT)
    messages.success(request, _("It is written down."))
    return redirect(back)


@once
def change(request: SignedRequest, of: AccountPlan, kind: str, row: int) -> HttpResponse:
    """The same row in other words; where two met, both are shown and nothing is lost."""
    which = kind_of(kind)
    writing.check_changes(request.user, of, which)
    there = which.rows(of).filter(pk=row).first()
    if there is None:
        return gone(request, of, which)
    back, title = page_of(of, which.part_of(there)), str(there)
    drop = "" if which.fixed else reverse("keyaccounts:plan-drop", args=[of.pk, which.key, there.pk])
    form = which.form_for(of, typed(request), there)
    more = {"drop": drop, "row": there}
    if not form.is_valid():
        status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
        return ask(request, of, which, form, title, back, status, **more)
    try:
        writing.keep_row(of, which, there.pk, by=request.user, mine=form.mine(), read=form.told())
    except writing.Clash as clash:
        form.show_clash(clash.row, clash.names)
        form.add_error(None, clash.sentence)
        return ask(request, of, which, form, title, back, HTTPStatus.CONFLICT, **more)
    except writing.Gone:
        return gone(request, of, which)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, of, which, form, title, back, HTTPStatus.CONFLICT, **more)
    messages.success(request, _("It is kept."))
    return redirect(back)


def gone(request: SignedRequest, of: AccountPlan, which: Kind) -> HttpResponse:
    """Taken off meanwhile: what was typed stands in the form of a new one."""
    if request.method != "POST" or which.fixed:
        raise Http404(_("Somebody has taken this off."))
    form = which.form_for(of, request.POST)
    form.is_valid()
    form.add_error(None, _("Somebody has taken this off meanwhile. What you wrote stands below: keep it as a new one."))
    part = which.part or form.told().get("part", "")
    if part not in PartKey.values:
        raise Http404(_("Somebody has taken this off."))
    action = reverse("keyaccounts:plan-add", args=[of.pk, which.key]) + ("" if which.part else f"?part={part}")
    title = str(which.add)
    return ask(request, of, which, form, title, page_of(of, part), HTTPStatus.CONFLICT, action=action)


@once
def drop(request: SignedRequest, of: AccountPlan, kind: str, row: int) -> HttpResponse:
    which = kind_of(kind)
    there = which.rows(of).filter(pk=row).first()
    back = page_of(of, which.part_of(there)) if there else of.get_absolute_url()
    if which.fixed:
        raise Http404(_("These are there from the beginning."))
    try:
        writing.drop_row(of, which, row, by=request.user, revision=seen_in(request))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(back)
    messages.success(request, _("It is taken off."))
    return redirect(back)
