"""The first filter: its versions, the editor of a draft, and what it makes of past decisions (K-09, M15)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_managers
from acr_program.ui.parts import Crumb
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import key_in, once
from acr_program.workflow.views import seen_in

from .. import filter_lists
from ..actions import filter as acts
from ..forms.filter import BarForm, FilterCriterionForm, OnForm
from ..models import FilterCriterion, FilterVersion
from ..pages.filter import BackTestPage, FilterPage
from .filter_asking import do, keep, typed

View = Callable[..., HttpResponse]


def of_a_draft(view: View) -> View:
    """Where there is nothing to change any more, the form of a draft leads to its version; sent, it is refused by the act."""

    @wraps(view)
    def shown(request: SignedRequest, version: FilterVersion, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD") and not version.is_draft:
            return redirect(version)
        return view(request, version, *args, **kwargs)

    return shown


def way(*of: FilterVersion) -> list[Crumb]:
    listed = [Crumb(_("First filter"), reverse("keyaccounts:filters"))]
    return [*listed, *(Crumb(str(one), one.get_absolute_url()) for one in of)]


def version_list(request: SignedRequest) -> HttpResponse:
    page = filter_lists.version_list(request)
    drafted = any(row.of.is_draft for row in page.rows)
    context = {"page": page, "may_draft": program_managers(request.user) and not drafted}
    return render(request, "keyaccounts/filter_versions.html", context)


@once
def begin(request: SignedRequest) -> HttpResponse:
    act = partial(acts.begin_draft, by=request.user)
    done = _("The draft is begun. Change what it asks, try it out on past decisions, then publish it.")
    return do(request, act, done, reverse("keyaccounts:filters"))


def version_page(request: SignedRequest, version: FilterVersion) -> HttpResponse:
    with reading():
        context = {"page": FilterPage(version, request.user), "of": version, "way": way()}
        return render(request, "keyaccounts/filter_version.html", context)


def backtest_page(request: SignedRequest, version: FilterVersion) -> HttpResponse:
    """What it makes of past decisions, and of the largest accounts on a day that one may choose."""
    form = OnForm(request.GET or None, initial={"on": localdate()})
    on = form.cleaned_data["on"] if form.is_bound and form.is_valid() else localdate()
    with reading():
        context = {"page": BackTestPage(version, request.user, on), "of": version, "way": way(version), "form": form}
        return render(request, "keyaccounts/filter_backtest.html", context)


@once
@of_a_draft
def set_bar(request: SignedRequest, version: FilterVersion) -> HttpResponse:
    act = partial(acts.set_bar, version, by=request.user, seen=seen_in(request), key=key_in(request))
    form = BarForm(typed(request), draft=version)
    return keep(request, form, _("Set the bar"), version, act, _("The bar is set."))


@once
@of_a_draft
def add(request: SignedRequest, version: FilterVersion) -> HttpResponse:
    act = partial(acts.add, version, by=request.user, seen=seen_in(request))
    done = _("The criterion is added.")
    return keep(request, FilterCriterionForm(typed(request)), _("Add a criterion"), version, act, done)


@once
@of_a_draft
def change(request: SignedRequest, version: FilterVersion, criterion: int) -> HttpResponse:
    row = one_of(version, criterion)
    act = partial(acts.change, row, by=request.user, seen=seen_in(request))
    form = FilterCriterionForm(typed(request), criterion=row)
    return keep(request, form, row.title, version, act, _("The criterion is changed."), remove=row)


@once
def remove(request: SignedRequest, version: FilterVersion, criterion: int) -> HttpResponse:
    act = partial(acts.remove, one_of(version, criterion), by=request.user, seen=seen_in(request))
    return do(request, act, _("The criterion is removed from the draft."), version.get_absolute_url())


@once
def move(request: SignedRequest, version: FilterVersion, criterion: int, way_: str) -> HttpResponse:
    if way_ not in ("up", "down"):
        raise Http404(_("There is no such page."))
    act = partial(acts.move, one_of(version, criterion), by=request.user, seen=seen_in(request), up=way_ == "up")
    return do(request, act, _("The criterion is moved."), version.get_absolute_url())


def one_of(version: FilterVersion, criterion: int) -> FilterCriterion:
    return get_object_or_404(version.criteria.select_related("version"), pk=criterion)
