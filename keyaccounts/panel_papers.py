"""Minutes of a panel and the letter about one outcome: PDFs that a worker draws (K-14, feature 71)."""

from __future__ import annotations

from typing import IO, Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from acr_program.exports.actions import ask
from acr_program.exports.models import Export, Format
from acr_program.jobs.errors import PermanentError
from acr_program.people.models import User
from acr_program.render import client
from acr_program.ui import shell
from acr_program.workflow.book import reading

from .choices_panel import INCUBATES, Outcome, ReviewStatus, SessionStatus
from .models import Membership, PanelReview, PanelSession, Tier, programme_words
from .packets import part_of
from .pages.panel_review_page import ReviewPage

MINUTES, LETTER = "panel-minutes", "outcome-letter"


def ask_minutes(session: PanelSession, person: User) -> Export:
    return ask_for(MINUTES, _("Minutes of %(panel)s") % {"panel": session.name}, person, panel=session.pk)


def ask_letter(membership: Membership, person: User) -> Export:
    title = _("Outcome for %(account)s") % {"account": membership.account.name}
    return ask_for(LETTER, title, person, member=membership.pk)


def ask_for(name: str, title: str, person: User, **query: int) -> Export:
    return ask({
        "person": person, "list_name": name, "title": title[:120], "query": urlencode(query), "kind": Format.PDF,
    })  # fmt: skip


def write_minutes(export: Any, file: IO[bytes]) -> int:
    """Looked at again: hours may lie between the click and the worker."""
    asked = QueryDict(export.query).get("panel") or 0
    rows = PanelSession.objects.visible_to(export.person).filter(status=SessionStatus.RELEASED, pk=asked)
    session = rows.for_page().first()
    if session is None:
        raise PermanentError(_("These minutes are not yours to see any more, so nothing was written."))
    with reading():
        html = minutes_html(session, export.person)
    file.write(client.render({"report": html}).files["report"])
    return 1


def minutes_html(session: PanelSession, person: User) -> str:
    """All that was decided, as far as this person may know of it: an account they are recused from is not in it."""
    reviews = PanelReview.objects.visible_to(person).filter(session=session, status=ReviewStatus.RELEASED).for_page()
    pages = [ReviewPage(review, person) for review in reviews.order_by("pk")]
    said = {"of": session, "pages": pages, "members": list(session.members.all()), "company": shell.company()}
    return render_to_string("pdf/panel_minutes.html", said | {"words": programme_words()})


def released_of(membership: Membership) -> PanelReview | None:
    """The review whose outcome was released last."""
    found: PanelReview | None = (
        membership.panel_reviews.filter(status=ReviewStatus.RELEASED).for_page().order_by("-pk").first()
    )
    return found


def write_letter(export: Any, file: IO[bytes]) -> int:
    asked = QueryDict(export.query).get("member") or 0
    membership = Membership.objects.visible_to(export.person).for_page().filter(pk=asked).first()
    review = released_of(membership) if membership else None
    if review is None:
        raise PermanentError(_("This letter is not yours to see any more, so nothing was written."))
    with reading():
        html = letter_html(review)
    file.write(client.render({"report": html}).files["report"])
    return 1


def letter_html(review: PanelReview) -> str:
    """The outcome, which requirements were met when the panel looked, and what comes next; nothing of who voted how."""
    outcome, said = Outcome(review.outcome), review.decision
    standing = part_of(review.packet, "standing")
    context = {
        "of": review, "account": review.membership.account, "membership": review.membership, "outcome": outcome,
        "said": said, "standing": standing, "company": shell.company(), "words": programme_words(),
        "tier": Tier.objects.filter(pk=said.get("tier") or 0).first(), "incubates": outcome in INCUBATES,
        "holds": outcome in (Outcome.QUALIFY, Outcome.MAINTAIN),
    }  # fmt: skip
    return render_to_string("pdf/panel_letter.html", context)
