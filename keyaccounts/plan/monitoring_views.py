"""What a check of an objective found: its actual, or how far it is; why it was missed; when it is looked at next (N9.0)."""

from __future__ import annotations

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
from acr_program.workflow.clicks import once
from acr_program.workflow.errors import Refused

from ..choices_plan import PartKey
from ..models import AccountPlan, Objective
from ..views.value_asking import typed
from .monitoring_checks import kind_to_check
from .views import ask
from .writing import Clash, check_writes, keep_row


def to_check(user: User, plan: AccountPlan, pk: int) -> Objective:
    """The objective, for the team or whoever has it; refused with a sentence otherwise."""
    found: Objective | None = Objective.objects.filter(plan=plan, pk=pk).select_related(*Objective.BESIDE).first()
    if found is None or not user.acts_as(found.owner_id):
        check_writes(user, plan)
    if found is None:
        raise Http404(_("Somebody has taken this off."))
    return found


@once
def checked(request: SignedRequest, of: AccountPlan, row: int) -> HttpResponse:
    """Asked, and kept; where two met, both wordings are shown and nothing is lost."""
    objective = to_check(request.user, of, row)
    owner, kind = objective.owner_id, kind_to_check(objective)
    if kind is None:
        raise Http404(_("Nothing of this kind stands in a plan."))
    form = kind.form_for(of, typed(request), objective)
    back = f"{reverse('keyaccounts:plan-part', args=[of.pk, PartKey.MONITORING])}#waiting"
    show = partial(ask, request, of, kind, form, _("Checked: %(what)s") % {"what": objective.what}, back)
    if not form.is_valid():
        return show(HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK)
    try:
        keep_row(of, kind, row, by=request.user, mine=form.mine(), read=form.told(), owner=owner)
    except Refused as refusal:
        return clashed(form, refusal, show)
    messages.success(request, _("It is kept, and waits until its next check."))
    return redirect(back)


def clashed(form: Any, refusal: Refused, show: Any) -> HttpResponse:
    """The form again with the sentence that says why; beside what another wrote meanwhile."""
    if isinstance(refusal, Clash):
        form.show_clash(refusal.row, refusal.names)
    form.add_error(None, refusal.sentence)
    answer: HttpResponse = show(HTTPStatus.CONFLICT)
    return answer
