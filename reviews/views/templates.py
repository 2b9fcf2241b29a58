"""Pages of the standard template: its versions, and one version with its sections in order."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.parts import Crumb
from reviews import lists
from reviews.models import TemplateVersion
from reviews.pages.template_page import TemplatePage


def template_list(request: SignedRequest) -> HttpResponse:
    return render(request, "reviews/templates.html", {"page": lists.template_list(request)})


def template_page(request: SignedRequest, template: TemplateVersion) -> HttpResponse:
    """One version: sections, what may be done with it, who still uses it."""
    way = [Crumb(_("Template"), reverse("reviews:templates")), Crumb(template.get_audience_display())]
    page = TemplatePage(template, request.user)
    return render(request, "reviews/template.html", {"template": template, "page": page, "way": way})
