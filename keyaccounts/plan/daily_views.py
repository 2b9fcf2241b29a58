"""What an insight became, and that somebody was in touch with a person at the customer (N8.2, N8.3)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.requests import SignedRequest
from acr_program.workflow.book import click
from acr_program.workflow.clicks import once
from acr_program.workflow.errors import Refused

from ..choices_plan import FindingKind, FindingState, PartKey
from ..models import AccountPlan, Finding, PersonMap
from ..views.value_asking import keep, typed
from .daily_forms import REASON, InTouchForm, LedForm
from .kinds import Kind, find
from .monitoring_views import clashed
from .views import ask, page_of
from .writing import add_row, check_writes, keep_row, locked

IN_TOUCH = ("last_on", "next_on", "note")


def known(key: str) -> Kind:
    found = find(key)
    if found is None:
        raise Http404(_("Nothing of this kind stands in a plan."))
    return found


def lead(plan: AccountPlan, insight: int, *, by: User, became: str, **said: Any) -> AccountPlan:
    """The insight is written down where it belongs, with its source and its day, and says what it became; once (N8.2)."""
    with click():
        locked(plan, by)
        row = Finding.objects.filter(plan=plan, kind=FindingKind.INSIGHT, pk=insight).first()
        if row is None:
            raise Refused(_("Somebody has taken this insight off."))
        if row.led_to_id:
            raise Refused(_("Somebody has made something of this insight already: it is linked on the page."))
        kind = known(
            f"{became}-{said['voice']}" if became == REASON else became
        )  # reasons stand in two lists, by voice
        insights = replace(known("insights"), fields=("led_to", "state"))
        mine = {"words": row.words, "source": row.source, "on": row.on, "state": FindingState.OPEN}
        mine |= {name: value for name, value in said.items() if value}
        made = add_row(
            plan, kind, by=by, row=kind.new(plan), mine={name: mine[name] for name in kind.fields if name in mine}
        )
        done = {"led_to": made, "state": FindingState.DONE}
        keep_row(plan, insights, row.pk, by=by, mine=done, read={"revision": row.revision})
    return plan


@once
def led(request: SignedRequest, of: AccountPlan, row: int) -> HttpResponse:
    check_writes(request.user, of)
    insight = Finding.objects.filter(plan=of, kind=FindingKind.INSIGHT, pk=row).first()
    if insight is None:
        raise Http404(_("Somebody has taken this off."))
    title, back = _("What it becomes: %(what)s") % {"what": insight}, f"{page_of(of, PartKey.DAILY)}#learnt"
    act = partial(lead, of, row, by=request.user)
    return keep(
        request, LedForm(typed(request)), title, Leads(back), act, _("It is written down there as well."), of=of
    )


class Leads(str):
    """An address that a page leads back to."""

    __slots__ = ()

    def get_absolute_url(self) -> str:
        return str(self)


@once
def in_touch(request: SignedRequest, of: AccountPlan, row: int) -> HttpResponse:
    """For the team, and for whoever looks after this person; where two met, both wordings are shown."""
    person: PersonMap | None = PersonMap.objects.filter(plan=of, pk=row).select_related(*PersonMap.BESIDE).first()
    if person is None or not request.user.acts_as(person.owner_id):
        check_writes(request.user, of)
    if person is None:
        raise Http404(_("Somebody has taken this off."))
    kind = replace(known("people"), fields=IN_TOUCH, form=InTouchForm)
    form = kind.form_for(of, typed(request), person)
    back = f"{reverse('keyaccounts:plan-part', args=[of.pk, PartKey.DAILY])}#waiting"
    show = partial(ask, request, of, kind, form, _("In touch with %(who)s") % {"who": person}, back)
    if not form.is_valid():
        return show(HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK)
    try:
        keep_row(of, kind, row, by=request.user, mine=form.mine(), read=form.told(), owner=person.owner_id)
    except Refused as refusal:
        return clashed(form, refusal, show)
    messages.success(request, _("It is kept, and waits until the next contact."))
    return redirect(back)
