"""Pages of the standard template: its versions, and one version with its sections in order."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.lists import ENOUGH
from acr_program.ui.parts import Crumb
from reviews import lists
from reviews.lists_consistency import carried_list
from reviews.models import TemplateVersion
from reviews.pages.consistency import consistency_of
from reviews.pages.template_page import TemplatePage


def template_list(request: SignedRequest) -> HttpResponse:
    return render(request, "reviews/templates.html", {"page": lists.template_list(request)})


def consistency(request: SignedRequest) -> HttpResponse:
    """What delivered documents carry, and the share of it that is the standard."""
    page = carried_list(request)
    share = consistency_of(page.queryset)
    page.number = min(share.whole.free + share.whole.locked, ENOUGH + 1)  # the shares have counted them already
    return render(request, "reviews/consistency.html", {"page": page, "share": share})


def template_page(request: SignedRequest, template: TemplateVersion) -> HttpResponse:
    """One version: sections, what may be done with it, who still uses it."""
    way = [Crumb(_("Template"), reverse("reviews:templates")), Crumb(template.get_audience_display())]
    page = TemplatePage(template, request.user)
    return render(request, "reviews/template.html", {"template": template, "page": page, "way": way})
