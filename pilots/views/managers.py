"""Account managers: what they are good at, how they were rated, what they hold (P-21)."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.charter import lines
from acr_program.charter.models import Program
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import once
from acr_program.workflow.views import seen_in

from .. import lists
from ..forms.managers import SkillsForm
from ..models import ManagerProfile
from .asking import keep, typed


def manager_list(request: SignedRequest) -> HttpResponse:
    return render(request, "pilots/managers.html", {"page": lists.manager_list(request)})


@once
def edit_skills(request: SignedRequest, person: int) -> HttpResponse:
    """Written as a line of the program, in its log."""
    program = get_object_or_404(Program)
    of = get_object_or_404(User.objects.holding(Role.REP), pk=person)
    profile = ManagerProfile.objects.filter(person=of).first() or ManagerProfile()
    act = partial(lines.keep, profile, by=request.user, seen=seen_in(request), person=of)
    form = SkillsForm(typed(request), initial={"skills": profile.skills})
    to = reverse("desk:person", args=[of.pk])
    return keep(
        request, form, _("What %(name)s is good at") % {"name": of.name}, to, act, _("It is noted."), of=program
    )
