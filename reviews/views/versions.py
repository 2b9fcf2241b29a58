"""Two versions of the standard template beside each other."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.parts import Crumb
from reviews.forms.versions import AgainstForm
from reviews.models import TemplateVersion
from reviews.pages.version_redline import VersionRedline, compared_with, others_of


def version_changes(request: SignedRequest, template: TemplateVersion) -> HttpResponse:
    """What this version says otherwise than another one for the same audience; than the one before, where none is named."""
    others = others_of(template)
    then = compared_with(template, others, request.GET.get("against", ""))
    way = [Crumb(_("Template"), reverse("reviews:templates")), Crumb(str(template), template.get_absolute_url())]
    context = {
        "template": template, "way": way, "form": AgainstForm(others, then),
        "redline": VersionRedline(now=template, then=then) if then else None,
    }  # fmt: skip
    return render(request, "reviews/version_changes.html", context)
