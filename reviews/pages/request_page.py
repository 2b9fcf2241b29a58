"""Everything that stands on the page of one request, in a number of queries that does not depend on its parts."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from acr_program.desk.beside.showing import Beside
from acr_program.people.acting import in_hand
from acr_program.people.models import User
from acr_program.people.roles import administrators, program_office
from acr_program.ui.parts import Happening, Stage
from acr_program.workflow.book import once
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import Offer, offers
from acr_program.workflow.registry import panels
from reviews.accountable import untrained
from reviews.actions.deviating import may_propose
from reviews.actions.upgrading import STEPS as UPGRADES
from reviews.choices import ApprovalStatus
from reviews.choices import RequestStatus as S
from reviews.evidence.taking import may_take
from reviews.gaps import Gap, gap_of, is_gap, sentence_of
from reviews.models import Approval, Deviation, Document, InformationRequest, ReviewRequest, TemplateVersion
from reviews.process.checklist import Check, of_page
from reviews.process.conformance import as_read, of_review
from reviews.rules import OPEN_FOR_CONTENT, known_to_wait, rep_of_account
from reviews.texts import stands_among

from . import parts, timeline
from .approval_page import in_hand_of, who_has
from .facts import Fact, asked_for, meeting_of
from .life import life_of
from .remembered import Reminder, remembered
from .standing import BACK, Standing, obligations_of, standing_of
from .whereabouts import Whereabouts, whereabouts_of

EDITABLE = (S.DRAFT, S.RETURNED)
ASKING = (S.SUBMITTED, *EDITABLE)
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
        if self.review.status in (
            S.GATHERING,
            S.COMPILING,
        ):  # and for the deviations, which stand there with their sections
            known_to_wait(self.review, [part.deviation for part in self.sections if part.deviation])
            deviating = {part.section.pk for part in self.sections if part.deviation and part.deviation.in_force}
            stands_among(self.review, [part.section for part in self.sections], deviating)
        return offers(
            self.review, self.user, apart=UPGRADES.values()
        )  # a newer template is offered where it is told of

    @property
    def steps(self) -> list[Offer]:
        """The way on: the main step first, then what is open, then what is shut; gaps are named in their list alone."""
        ahead = [offer for offer in self.all_offers if not offer.danger and offer.name not in BACK]
        named, short = (
            sentence_of(self.gaps),
            _("Not every required section is accepted or waived: see what is missing."),
        )
        ahead = [replace(offer, unmet=[short if why == named else why for why in offer.unmet]) for offer in ahead]
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

    @cached_property
    def newer(self) -> TemplateVersion | None:
        """The newer version of its template, while the review may still take it."""
        return self.review.newer_template if self.review.status in UPGRADES else None

    @property
    def may_upgrade(self) -> bool:
        return program_office(self.user)

    @cached_property
    def untrained(self) -> str:
        """Which training whoever asks still lacks; once it is accepted, its meeting's page says so (R-27)."""
        return untrained(self.review.rep) if self.review.status in ASKING else ""

    # What it is made of

    @cached_property
    def sections(self) -> list[parts.Part]:
        return parts.parts_of(self.review)

    @property
    def sections_summary(self) -> str:
        return parts.summary(self.sections)

    @cached_property
    def versions(self) -> list[parts.Version]:
        """Its documents; none is made before it is accepted."""
        return [] if self.review.status in ASKING else parts.versions_of(self.review)

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
        return [(a, *self.hands_of(a)) for a in given]

    def hands_of(self, approval: Approval) -> tuple[str, str]:
        """Whoever decides, or has decided, with what stands under the name."""
        pending = approval.status == ApprovalStatus.PENDING
        who, note = in_hand_of(self.user, approval) if pending else (approval.approver.name, "")
        return who, note or approval.approver.title

    @property
    def approvals_stand(self) -> str:
        """Who has approved, and how many are awaited."""
        return who_has(self.version.approvals) if self.version else ""

    @property
    def asked_later(self) -> list[tuple[str, str]]:
        return [self.in_hand(person) for person in self.expected]

    def in_hand(self, person: User) -> tuple[str, str]:
        """Whoever decides meanwhile, and for whom; else the leader, with their title."""
        who, note = in_hand(self.user, person.pk, person.name)
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
            Deviation: {part.deviation.pk: part.title for part in self.sections if part.deviation},
            Document: {v.document.pk: str(v.document.number) for v in self.versions},
            Approval: {a.pk: a.approver.name for v in self.versions for a in v.approvals},
        }

    @cached_property
    def waiting(self) -> list[Obligation]:
        return obligations_of(self.review, self.names)

    @cached_property
    def standing(self) -> Standing:
        sections, listed = self.names[InformationRequest], {gap.url for gap in self.gaps}
        return standing_of(self.review, self.user, self.all_offers, self.waiting, sections, listed)

    @cached_property
    def gaps(self) -> list[Gap]:
        """What the document still lacks, by name, while its content is gathered (R-15)."""
        if self.review.status not in OPEN_FOR_CONTENT:
            return []
        since = {duty.url: duty.opened_at for duty in self.waiting}
        asked = [part.asked for part in self.sections if part.asked and is_gap(part.asked)]
        for one in asked:
            vars(one)["since"] = since.get(one.get_absolute_url())
        return [gap_of(one) for one in asked]

    @cached_property
    def whereabouts(self) -> Whereabouts:
        return whereabouts_of(self.review)

    @property
    def may_deviate(self) -> bool:
        """Whether this reader may propose another text for what is standard here, while content may change."""
        return self.review.status in OPEN_FOR_CONTENT and may_propose(self.user, self.review)

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

    @cached_property
    def checklist(self) -> list[Check]:
        """The same for every document (R-11)."""
        return of_page(self.review, self.log)

    @cached_property
    def left_process(self) -> list[str]:
        """Where it left the process so far; nothing while nothing is accepted."""
        if not self.review.template_id:
            return []
        if len(self.log) >= timeline.MOST:  # not all of it is at hand
            return of_review(self.review)
        beside = [one for part in self.sections for one in (part.asked, part.deviation) if one]
        return as_read(self.review, {one.status for one in beside}, timeline.own(self.log))

    @property
    def may_prove(self) -> bool:
        """Whether this reader may take the evidence of the account and year."""
        return self.review.status != S.DRAFT and may_take(self.user, self.review.account)

    @property
    def facts(self) -> list[Fact]:
        return asked_for(self.review)

    @property
    def meeting(self) -> list[Fact]:
        return meeting_of(self.review)

    @cached_property
    def remembered(self) -> list[Reminder]:
        return remembered(self.review)

    @cached_property
    def panels(self) -> list[Any]:
        """What apps above show here."""
        return panels(self.review, self.user)

    @cached_property
    def beside(self) -> Beside:
        """What people said, attached, and who is on it."""
        return Beside(self.review, self.user)
