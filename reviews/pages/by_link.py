"""What a mailed link leads to: one section to write, or one approval to decide, for one person (docs/promises.md, rule 7)."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.links.errors import LinkRefused
from acr_program.links.models import Link
from acr_program.people.models import User
from acr_program.workflow.log import LogEntry
from reviews.actions.by_link import DECIDE, TOUCH, WRITE
from reviews.choices import ApprovalStatus, ContributionStatus
from reviews.forms.by_link import CodedAnswerForm
from reviews.models import Approval, InformationRequest, TouchPoint

from .approval_page import ApprovalPage
from .contribution_page import ContributionPage

MODELS: dict[str, Any] = {WRITE: InformationRequest, DECIDE: Approval, TOUCH: TouchPoint}
OVER = (ContributionStatus.WAIVED, ContributionStatus.WITHDRAWN, ApprovalStatus.LAPSED)


class NotTaken(Exception):
    """The link leads nowhere for this visitor: a sentence, and the status that goes with it."""

    def __init__(self, sentence: str, status: int = HTTPStatus.GONE) -> None:
        super().__init__(sentence)
        self.sentence, self.status = sentence, status


@dataclass(frozen=True)
class Visit:
    """A link that is open, and what it is about as it stands now."""

    link: Link
    of: Any
    token: str

    @property
    def person(self) -> User:
        assert self.link.person is not None
        return self.link.person


@dataclass(frozen=True)
class Spent:
    """A link that was used, and what became of it: who acted, and when."""

    of: Any
    entry: LogEntry | None


def visit_of(token: str, purpose: str, visitor: Any) -> Visit:
    """The open link of this token for whoever opens it; looking changes nothing. Raises NotTaken."""
    try:
        link = Link.find(token, purpose)
    except LinkRefused as refused:
        status = HTTPStatus.NOT_FOUND if refused.reason == "unknown" else HTTPStatus.GONE
        raise NotTaken(refused.sentence, status) from None
    if link.person is None or not link.person.by_link:
        raise NotTaken(_("This link was withdrawn: sign in to answer."))
    if visitor.is_authenticated and visitor.pk != link.person_id:
        words = _("This link was made for %(name)s, and you are signed in as %(you)s. Ask for a mail of your own.")
        raise NotTaken(words % {"name": link.person, "you": visitor}, HTTPStatus.FORBIDDEN)
    of = MODELS[purpose].objects.for_page().filter(pk=link.object_id).first()
    if of is None or of.status in OVER:
        raise NotTaken(_("Nothing is asked of you here any more: the matter moved on."))
    return Visit(link, of, token)


def spent_of(token: str, purpose: str) -> Spent | None:
    """What became of a link that was used; None where there is no such link."""
    link = Link.spent(token, purpose)
    of = MODELS[purpose].objects.for_page().filter(pk=link.object_id).first() if link else None
    if link is None or of is None:
        return None
    acted = (
        of.log().filter(at__gte=link.used_at, by=link.person_id).select_related("by", "on_behalf_of", "content_type")
    )
    return Spent(of, acted.order_by("at").first())


@dataclass
class WritePage(ContributionPage):
    """The section as its contributor sees it who came by a link."""

    ASKS = CodedAnswerForm

    token: str = ""

    @property
    def request_url(self) -> str:
        return ""


@dataclass
class DecidePage(ApprovalPage):
    """The approval as its leader sees it who came by a link."""

    token: str = ""

    @property
    def own_url(self) -> str:
        return reverse("reviews:decide", args=[self.token])

    @property
    def file_url(self) -> str:
        return reverse("reviews:decide-file", args=[self.token])
