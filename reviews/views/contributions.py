"""What contributors are asked, and what they are still typing."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from acr_program.desk.models import Draft
from acr_program.people.models import User
from acr_program.people.requests import SignedRequest
from reviews import lists
from reviews.actions.drafting import draft_name
from reviews.choices import BY_LINE
from reviews.content.content import Content
from reviews.content.tokens import hints_for, tokens_for
from reviews.forms.lines import typed_lines
from reviews.forms.steps import LONGEST, AnswerForm
from reviews.models import InformationRequest
from reviews.pages.contribution_page import ContributionPage, as_read, my_sections, so_far
from reviews.pages.lines import blocks

NOTE, LONGEST_SEARCH = 4000, 100


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


def tokens(request: SignedRequest, contribution: InformationRequest) -> HttpResponse:
    """The figures on file that a text may name, narrowed to the words looked for."""
    sought = request.GET.get("q", "")[:LONGEST_SEARCH]
    context = {"of": contribution, "tokens": tokens_for(contribution.request, sought), "sought": sought}
    page = "contribution_token_rows" if request.headers.get("HX-Request") else "contribution_tokens_page"
    return render(request, f"reviews/{page}.html", context)


def hints(request: SignedRequest, contribution: InformationRequest) -> HttpResponse:
    """What stands typed so far though it is on file: asked for once the editor is there, so that it waits for nothing."""
    context = {"hints": ContributionPage(contribution, request.user).hints}
    return render(request, "reviews/contribution_hints.html", context)


def keep_draft(request: SignedRequest, contribution: InformationRequest) -> HttpResponse:
    """Keep what is typed so far, for this person alone; answer with how it will read."""
    page = ContributionPage(contribution, request.user)
    if not page.mine:
        raise PermissionDenied(_("Nothing can be written here now: the section is not with you."))
    if not page.writes:
        return not_kept(request, contribution)
    return kept(request, contribution, request.user, contribution.get_absolute_url())


def kept(request: HttpRequest, contribution: InformationRequest, person: User, back: str) -> HttpResponse:
    """What this person has typed, kept; said beside the editor, or on the page itself where no script runs."""
    whole = request.POST.get("text", "")
    text, note = whole[:LONGEST], request.POST.get("note", "")[:NOTE]
    kind = contribution.section.kind
    lines = typed_lines(kind, request.POST)
    typed = {"text": text, "note": note} | ({"lines": lines} if kind in BY_LINE else {})
    draft = Draft.objects.keep(person, draft_name(contribution), typed)
    too_long = len(whole) > LONGEST
    if request.headers.get("HX-Request"):
        content = Content(contribution.request)
        context = {
            "kept_at": draft.saved_at, "reads": as_read(so_far(text, content)), "blocks": blocks(kind, lines), "too_long": too_long,
            "longest": LONGEST, "hints": hints_for(contribution.request, text, content),
        }  # fmt: skip
        return render(request, "reviews/contribution_kept.html", context)
    if "more" in request.POST:  # empty lines stand below those that are filled
        return redirect(f"{back}#lines")
    if too_long:
        words = _(
            "Only the first %(n)d characters are kept: a section cannot be longer. Shorten it, then keep it again."
        )
        messages.warning(request, words % {"n": LONGEST})
    else:
        messages.success(request, _("Your draft is kept. Nobody else sees it until you submit it."))
    return redirect(back)


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
