"""Everything that stands on the page of one request, in a number of queries that does not depend on its parts."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from accounts.models import PinnedNote
from acr_program.desk.beside.showing import Beside
from acr_program.people.acting import in_hand
from acr_program.people.models import User
from acr_program.people.roles import administrators
from acr_program.ui.parts import Happening, Stage
from acr_program.workflow.book import once
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import Offer, offers
from acr_program.workflow.registry import panels
from reviews.choices import ApprovalStatus
from reviews.choices import RequestStatus as S
from reviews.models import Approval, Document, InformationRequest, ReviewRequest
from reviews.rules import rep_of_account

from . import parts, timeline
from .facts import Fact, asked_for, meeting_of
from .life import life_of
from .remembered import remembered
from .standing import BACK, Standing, obligations_of, standing_of

EDITABLE = (S.DRAFT, S.RETURNED)
STILL_TO_APPROVE = (S.DRAFT, S.SUBMITTED, S.RETURNED, S.GATHERING, S.COMPILING, S.CHANGES_REQUESTED)
RECENT = 12


def may_edit(user: User, review: ReviewRequest) -> bool:
    return review.status in EDITABLE and rep_of_account(user, review)


def may_designate(user: User, review: ReviewRequest) -> bool:
    return review.status in STILL_TO_APPROVE and administrators(user)


class RequestPage:
    """One request as one person sees it; `everything` shows the whole of the timeline that is read."""

    def __init__(self, review: ReviewRequest, user: User, *, everything: bool = False) -> None:
        self.review, self.user, self.everything = review, user, everything

    # What may be done

    @cached_property
    def all_offers(self) -> list[Offer]:
        if self.review.status == S.COMPILING:  # its needs ask for the newest version, which stands on the page as well
            once(f"latest document of {self.review.pk}", lambda: self.versions[0].document if self.versions else None)
        return offers(self.review, self.user)

    @property
    def steps(self) -> list[Offer]:
        """The way on: the main step first, then what is open, then what is shut."""
        ahead = [offer for offer in self.all_offers if not offer.danger and offer.name not in BACK]
        return sorted(ahead, key=lambda offer: (not offer.main, bool(offer.unmet)))

    @property
    def dangers(self) -> list[Offer]:
        """What leads away from it: back to where it began, or to its end."""
        return [offer for offer in self.all_offers if offer.danger or offer.name in BACK]

    @property
    def may_edit(self) -> bool:
        return may_edit(self.user, self.review)

    @property
    def may_designate(self) -> bool:
        return may_designate(self.user, self.review)

    # What it is made of

    @cached_property
    def sections(self) -> list[parts.Part]:
        return parts.parts_of(self.review)

    @property
    def sections_summary(self) -> str:
        return parts.summary(self.sections)

    @cached_property
    def versions(self) -> list[parts.Version]:
        return parts.versions_of(self.review)

    @property
    def version(self) -> parts.Version | None:
        return parts.current(self.versions)

    @property
    def older(self) -> list[parts.Version]:
        return [v for v in self.versions if v is not self.version and v.approvals]

    @cached_property
    def rendering(self) -> tuple[str, int] | None:
        return parts.rendering_of(self.version)

    @cached_property
    def expected(self) -> list[User]:
        """Who will be asked to approve, in order, while nobody is yet."""
        if self.review.status not in STILL_TO_APPROVE:
            return []
        return self.review.approvers()

    @property
    def deciders(self) -> list[tuple[Approval, str, str]]:
        """Each approval of the present version, in whose hands it is, and what stands under the name."""
        given = self.version.approvals if self.version else []
        return [(a, *self.in_hand(a.approver, waits=a.status == ApprovalStatus.PENDING)) for a in given]

    @property
    def asked_later(self) -> list[tuple[str, str]]:
        return [self.in_hand(person) for person in self.expected]

    def in_hand(self, person: User, *, waits: bool = True) -> tuple[str, str]:
        """Whoever decides meanwhile, and for whom; else the leader, with their title."""
        who, note = in_hand(self.user, person.pk, person.name) if waits else (person.name, "")
        return who, note or person.title

    @property
    def turn(self) -> Approval | None:
        return parts.turn_of(self.version.approvals) if self.version else None

    # How it stands and how it came there

    @cached_property
    def names(self) -> dict[type[Any], dict[int, str]]:
        """The parts by key, as the timeline calls them."""
        return {
            InformationRequest: {part.asked.pk: part.title for part in self.sections if part.asked},
            Document: {v.document.pk: str(v.document.number) for v in self.versions},
            Approval: {a.pk: a.approver.name for v in self.versions for a in v.approvals},
        }

    @cached_property
    def waiting(self) -> list[Obligation]:
        return obligations_of(self.review, self.names)

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.review, self.user, self.all_offers, self.waiting, self.names[InformationRequest])

    @cached_property
    def log(self) -> list[LogEntry]:
        return timeline.log_of(self.review, self.names)

    @property
    def asked_changes(self) -> LogEntry | None:
        """The leader's own word, while it waits for an answer."""
        if self.review.status != S.CHANGES_REQUESTED:
            return None
        kind = Approval._meta.model_name
        asked = (e for e in self.log if e.step == "ask_for_changes" and e.content_type.model == kind)
        return next(asked, None)

    @property
    def life(self) -> list[Stage]:
        return life_of(self.review, timeline.own(self.log))

    @cached_property
    def happenings(self) -> list[Happening]:
        return timeline.happenings(self.log if self.everything else self.log[:RECENT], self.names)

    @property
    def more_happened(self) -> int:
        return len(self.log) - len(self.happenings)

    @property
    def facts(self) -> list[Fact]:
        return asked_for(self.review)

    @property
    def meeting(self) -> list[Fact]:
        return meeting_of(self.review)

    @cached_property
    def remembered(self) -> list[PinnedNote]:
        return remembered(self.review)

    @cached_property
    def panels(self) -> list[Any]:
        """What apps above show here."""
        return panels(self.review, self.user)

    @cached_property
    def beside(self) -> Beside:
        """What people said, attached, and who is on it."""
        return Beside(self.review, self.user)
