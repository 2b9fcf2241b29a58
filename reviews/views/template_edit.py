"""The editor of the standard template: a draft begun, its sections in order, one section while it is written."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.parts import Crumb
from acr_program.workflow.clicks import key_in, once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in
from reviews.actions import template_editing as act
from reviews.conditions import ATTRIBUTES
from reviews.forms.template import SectionForm
from reviews.models import Section, TemplateVersion
from reviews.pages.template_edit import EditorPage, Reading, account_named, as_published, listed
from reviews.tokens import spoken

View = Callable[..., HttpResponse]
LONGEST_SEARCH = 100


def for_the_manager(view: View) -> View:
    """The program manager alone edits, and a draft alone can be edited: 403 or 409 with the sentence otherwise."""

    @wraps(view)
    def guarded(request: SignedRequest, template: TemplateVersion, **kwargs: Any) -> HttpResponse:
        if not act.may_edit(request.user):
            raise PermissionDenied(_("The standard template is edited by the program manager."))
        if reason := act.why_not(template):
            return closed(request, template, reason)
        return view(request, template, **kwargs)

    return guarded


def closed(request: SignedRequest, template: TemplateVersion, reason: str) -> HttpResponse:
    """What cannot be done now; words that were typed stand there to be copied."""
    context = {
        "object": template, "step": {"label": _("Edit the draft")}, "refusal": reason, "typed": request.POST.get("body", ""),
    }  # fmt: skip
    return render(request, "workflow/refused.html", context, status=HTTPStatus.CONFLICT)


@once
def begin(request: SignedRequest, template: TemplateVersion) -> HttpResponse:
    """A draft from the published version; where the audience has one already, that one."""
    try:
        draft, is_new = act.begin_draft(template, by=request.user)
    except Refused as refused:
        return closed(request, template, refused.sentence)
    if is_new:
        messages.success(request, _("%(draft)s is begun, with the sections of what is published.") % {"draft": draft})
    else:
        messages.info(request, _("There is a draft already: this one."))
    return redirect("reviews:template-edit", draft.pk)


@for_the_manager
def editor(request: SignedRequest, template: TemplateVersion) -> HttpResponse:
    return drawn(request, template)


def drawn(request: SignedRequest, template: TemplateVersion, refusal: str = "") -> HttpResponse:
    context = {
        "template": template, "page": EditorPage(template, request.user), "way": way_to(template), "refusal": refusal,
    }  # fmt: skip
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "reviews/template_edit.html", context, status=status)


def way_to(template: TemplateVersion, section: Section | None = None) -> list[Crumb]:
    way = [Crumb(_("Template"), reverse("reviews:templates")), Crumb(str(template), template.get_absolute_url())]
    return [*way, Crumb(_("Edit"), reverse("reviews:template-edit", args=[template.pk]))] if section else way


def section_of(template: TemplateVersion, key: str) -> Section:
    found: Section | None = template.sections.select_related("template", "function").filter(key=key).first()
    if found is None:
        raise Http404(_("This version has no such section."))
    return found


@once
@for_the_manager
def order(request: SignedRequest, template: TemplateVersion) -> HttpResponse:
    """One section up or down, or all of them as they were dragged."""
    by, seen, key = request.user, seen_in(request), key_in(request)
    way, name = request.POST.get("move", "").partition(" ")[::2]
    try:
        if way in ("up", "down"):
            act.move_section(section_of(template, name), -1 if way == "up" else 1, by=by, seen=seen, key=key)
        else:
            act.order_sections(template, request.POST.getlist("order"), by=by, seen=seen, key=key)
    except Refused as refused:
        return drawn(request, TemplateVersion.objects.get(pk=template.pk), refused.sentence)
    where = f"#{way}-{name}" if way in ("up", "down") else ""
    return redirect(f"{reverse('reviews:template-edit', args=[template.pk])}{where}")


@once
@for_the_manager
def new(request: SignedRequest, template: TemplateVersion) -> HttpResponse:
    form = SectionForm(request.POST or None)
    refusal = ""
    if form.is_bound and form.is_valid():
        try:
            added = act.add_section(template, form.answers, by=request.user, seen=seen_in(request), key=key_in(request))
        except Refused as refused:
            refusal = refused.sentence
        else:
            words = _("“%(title)s” stands at the end; move it to its place.")
            messages.success(request, words % {"title": spoken(added.title if added else form.answers["title"])})
            return redirect("reviews:template-edit", template.pk)
    return written(request, template, form, None, refusal)


@once
@for_the_manager
def edit(request: SignedRequest, template: TemplateVersion, section: str) -> HttpResponse:
    found = section_of(template, section)
    form = SectionForm(request.POST or None, section=found)
    refusal = ""
    if form.is_bound and form.is_valid():
        try:
            act.change_section(found, form.answers, by=request.user, seen=seen_in(request), key=key_in(request))
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("“%(title)s” is kept.") % {"title": spoken(form.answers["title"])})
            return redirect(f"{reverse('reviews:template-edit', args=[template.pk])}#section-{found.key}")
    return written(request, template, form, found, refusal)


def written(
    request: SignedRequest, template: TemplateVersion, form: SectionForm, section: Section | None, refusal: str
) -> HttpResponse:  # fmt: skip
    """The form with what was typed, what is wrong with it, and how it reads."""
    fresh = TemplateVersion.objects.get(pk=template.pk) if refusal else template
    if refusal:
        form.data = request.POST.copy()
        form.data["seen"] = str(fresh.version)  # sent again, it counts as seen as it is now
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    context = {
        "template": fresh, "form": form, "section": section, "refusal": refusal, "way": way_to(fresh, section or Section()),
        "tokens": listed(""), "reading": None,
    }  # fmt: skip
    if not form.is_bound:
        reading = Reading(fresh, dict(form.initial), None)
        key = section.key if section else ""
        context |= {"reading": reading, "published": as_published(reading, key)}
    return render(request, "reviews/template_section.html", context, status=status)


@once
@for_the_manager
def remove(request: SignedRequest, template: TemplateVersion, section: str) -> HttpResponse:
    """Asked once more, for what it says is gone with it; the published version keeps it."""
    found = section_of(template, section)
    refusal = ""
    if request.method == "POST":
        try:
            act.remove_section(found, by=request.user, seen=seen_in(request), key=key_in(request))
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("“%(title)s” is removed from the draft.") % {"title": spoken(found.title)})
            return redirect("reviews:template-edit", template.pk)
    fresh = TemplateVersion.objects.get(pk=template.pk)
    context = {"template": fresh, "section": found, "refusal": refusal, "way": way_to(fresh, found)}
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "reviews/template_section_remove.html", context, status=status)


@for_the_manager
def preview(request: SignedRequest, template: TemplateVersion) -> HttpResponse:
    """How it reads as typed so far, beside what is published; keeps nothing."""
    typed = {name: str(value)[:50_000] for name, value in request.POST.items()}
    fields: dict[str, Any] = typed | {name: request.POST.getlist(name) for name in ATTRIBUTES}
    sought = typed.get("on", "")[:LONGEST_SEARCH]
    reading = Reading(template, fields, account_named(sought, request.user))
    key = request.POST.get("section", "")[:60]
    context = {"reading": reading, "published": as_published(reading, key), "sought": sought, "template": template}
    return render(request, "reviews/template_preview.html", context)


@for_the_manager
def tokens(request: SignedRequest, template: TemplateVersion) -> HttpResponse:
    """The tokens, narrowed to the words looked for."""
    sought = request.GET.get("q", "")[:LONGEST_SEARCH]
    context = {"template": template, "tokens": listed(sought), "sought": sought, "way": way_to(template, Section())}
    page = "template_token_rows" if request.headers.get("HX-Request") else "template_tokens_page"
    return render(request, f"reviews/{page}.html", context)
