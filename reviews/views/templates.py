"""Pages of the standard template: its versions, and one version with its sections in order."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.lists import ListPage
from acr_program.ui.parts import Crumb
from reviews.models import ReviewRequest, Section, TemplateVersion
from reviews.pages.template_page import TemplatePage
from reviews.tables import TEMPLATES


def template_list(request: SignedRequest) -> HttpResponse:
    """Every version, with how many sections it has and how many reviews keep it."""
    versions = TemplateVersion.objects.visible_to(request.user).annotate(
        section_count=counted(Section), kept_by=counted(ReviewRequest)
    )
    return render(request, "reviews/templates.html", {"page": ListPage(request, versions, TEMPLATES)})


def counted(model: type[Section] | type[ReviewRequest]) -> Coalesce:
    """How many rows of this model name the version."""
    rows = model._default_manager.filter(template=OuterRef("pk")).order_by().values("template")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def template_page(request: SignedRequest, template: TemplateVersion) -> HttpResponse:
    """One version: sections, what may be done with it, who still uses it."""
    way = [Crumb(_("Template"), reverse("reviews:templates")), Crumb(template.get_audience_display())]
    page = TemplatePage(template, request.user)
    return render(request, "reviews/template.html", {"template": template, "page": page, "way": way})
