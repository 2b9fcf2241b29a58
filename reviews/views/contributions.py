"""What contributors are asked, and what they are still typing."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from acr_program.desk.models import Draft
from acr_program.people.requests import SignedRequest
from reviews import lists
from reviews.actions.drafting import draft_name
from reviews.forms.steps import LONGEST, AnswerForm
from reviews.models import InformationRequest
from reviews.pages.contribution_page import ContributionPage, as_read, my_sections

NOTE = 4000


def contributions_page(request: SignedRequest) -> HttpResponse:
    context = my_sections(request.user) | {"answered": lists.section_list(request)}
    return render(request, "reviews/contributions.html", context)


def all_sections(request: SignedRequest) -> HttpResponse:
    return render(request, "reviews/sections.html", {"page": lists.every_section(request)})


def contribution_page(request: SignedRequest, contribution: InformationRequest) -> HttpResponse:
    return drawn(request, ContributionPage(contribution, request.user))


def asked_again(request: SignedRequest, contribution: InformationRequest, form: AnswerForm) -> HttpResponse | None:
    """What was typed and what is wrong with it, beside everything one writes from; only where the editor stands."""
    page = ContributionPage(contribution, request.user, given=form)
    return drawn(request, page) if page.writes else None


def drawn(request: SignedRequest, page: ContributionPage) -> HttpResponse:
    return render(request, "reviews/contribution.html", {"page": page, "of": page.of, "section": page.of.section})


def keep_draft(request: SignedRequest, contribution: InformationRequest) -> HttpResponse:
    """Keep what is typed so far, for this person alone; answer with how it will read."""
    page = ContributionPage(contribution, request.user)
    if not page.mine:
        raise PermissionDenied(_("Nothing can be written here now: the section is not with you."))
    if not page.writes:
        return not_kept(request, contribution)
    text, note = request.POST.get("text", "")[:LONGEST], request.POST.get("note", "")[:NOTE]
    draft = Draft.objects.keep(request.user, draft_name(contribution), {"text": text, "note": note})
    if request.headers.get("HX-Request"):
        return render(request, "reviews/contribution_kept.html", {"kept_at": draft.saved_at, "reads": as_read(text)})
    messages.success(request, _("Your draft is kept. Nobody else sees it until you submit it."))
    return redirect(contribution)


def not_kept(request: SignedRequest, contribution: InformationRequest) -> HttpResponse:
    """A window that was left open: the section was handed in elsewhere, and what is typed here is not kept."""
    sentence = _("This section was handed in meanwhile: what you type here is not kept any more.")
    if request.headers.get("HX-Request"):
        return HttpResponse(sentence)
    context = {
        "object": contribution, "step": {"label": _("Keep as a draft")}, "refusal": sentence,
        "typed": request.POST.get("text", ""),
    }  # fmt: skip
    return render(request, "workflow/refused.html", context, status=HTTPStatus.CONFLICT)
