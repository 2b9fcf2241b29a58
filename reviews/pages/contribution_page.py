"""My sections, and the page of one: what is asked, what stands beside it, what was said about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import PinnedNote
from acr_program.desk.beside.showing import Beside
from acr_program.desk.models import Draft
from acr_program.desk.today import tone, when
from acr_program.people.acting import own_place
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui.lists import Column, Sort, Table
from acr_program.ui.parts import Happening, Waiting
from acr_program.workflow.ages import age_column
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import Offer, offers
from reviews import rules
from reviews.actions.drafting import draft_name
from reviews.choices import ContributionStatus as S
from reviews.forms.steps import AnswerForm
from reviews.models import InformationRequest
from reviews.prose import paragraphs

from .remembered import remembered
from .reworked import Reworked, reworked_of
from .timeline import happenings

SHOWN = 50  # open sections on the first page of a person; more than anybody writes at a time
OVERSEERS = (Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE)


def late(row: Any, is_open: bool) -> str:
    """The tone of what is still open behind the day it was due."""
    return "bad" if is_open and row.due_on < localdate() else "neutral"


ANSWERED = Table(
    columns=[
        Column("request", _("Review"), lambda c: str(c.request), link=True, sub="section.title"),
        Column("status", _("State")),
        age_column(lambda section: late(section, section.status == S.SUBMITTED)),
        Column("words", _("Words"), num=True),
        Column("due_on", _("Was due"), sort="meeting", nowrap=True),
        Column("contributor", _("Asked of"), "contributor.name", nowrap=True),
    ],
    sorts=[
        Sort("newest", _("Newest"), "-id"),
        Sort("meeting", _("Meeting"), "-meeting_on", "-id"),
    ],
    noun=(_("section"), _("sections")),
    reads=(
        "status",
        "text",
        "request__meeting_on",
        "request__delivery",
        "request__audience",
        "request__account__name",
        "request__year__label",
        "section__title",
        "contributor__name",
    ),
    also=[Column("section", _("Section"), "section.title")],
)


def duties_of(user: User, model: type[Any], step: str) -> list[Obligation]:
    """What of this kind waits for this person or for those they stand in for, soonest due first: one query."""
    kind = ContentType.objects.get_for_model(model)
    mine = Obligation.objects.waiting_for(user).filter(content_type=kind, step=step)
    return list(mine.select_related("person")[:SHOWN])


def waiting(
    user: User, duties: list[Obligation], act: Any, said: Callable[[Obligation], tuple[Any, Any]]
) -> list[Waiting]:
    """The rows of a queue; `said` gives title and note of one, to which it is added for whom one acts."""
    rows = []
    for place, duty in enumerate(duties):
        title, note = said(duty)
        if place_of := own_place(user, duty.person_id):
            note = f"{place_of} · {note}"
        rows.append(Waiting(title, duty.url, when(duty), note, tone(duty), act, main=place == 0))
    return rows


def asked_of(user: User) -> QuerySet[InformationRequest]:
    """What this person was asked and is not asked any more."""
    mine = InformationRequest.objects.filter(contributor__in=[user.pk, *user.stands_in_for])
    return mine.exclude(status__in=[S.REQUESTED, S.RETURNED]).for_list()


def my_sections(user: User) -> dict[str, Any]:
    """What waits, soonest due first."""
    return {
        "waiting": waiting(
            user, duties_of(user, InformationRequest, "submit"), _("Write"), lambda duty: (duty.title, duty.what)
        ),
    }


@dataclass
class ContributionPage:
    """One section wanted of one person, as this reader sees it."""

    ASKS: ClassVar[type[AnswerForm]] = AnswerForm

    of: InformationRequest
    user: User
    given: AnswerForm | None = None  # as it was sent, where it needs another look

    @cached_property
    def mine(self) -> bool:
        return rules.asked_contributor(self.user, self.of)

    @cached_property
    def all_offers(self) -> list[Offer]:
        return offers(self.of, self.user)

    @cached_property
    def writes(self) -> bool:
        """Whether the editor stands on the page: for whoever is asked, while the step is open."""
        return self.mine and any(offer.name == "submit" and not offer.unmet for offer in self.all_offers)

    @property
    def offers(self) -> list[Offer]:
        """What is offered beside the editor."""
        return [offer for offer in self.all_offers if not (self.writes and offer.name == "submit")]

    @cached_property
    def duty(self) -> Obligation | None:
        return Obligation.objects.of(self.of).open().select_related("person").order_by("due_at").first()

    @property
    def holder(self) -> str:
        return self.duty.with_whom(self.user) if self.duty else ""

    @property
    def due(self) -> str:
        return when(self.duty) if self.duty else ""

    @property
    def due_tone(self) -> str:
        return tone(self.duty) if self.duty else ""

    # The editor

    @cached_property
    def draft(self) -> Draft | None:
        return Draft.objects.filter(person=self.user, form=draft_name(self.of)).first() if self.writes else None

    @property
    def restored_at(self) -> datetime | None:
        """When the draft was kept, where it differs from what was handed in; what was just sent is no draft."""
        if self.given or not self.draft or self.typed == (self.of.text, self.of.note):
            return None
        return self.draft.saved_at

    @cached_property
    def typed(self) -> tuple[str, str]:
        data: Any = self.given.data if self.given else self.draft.data if self.draft else {}
        return data.get("text", self.of.text), data.get("note", self.of.note)

    @cached_property
    def form(self) -> AnswerForm | None:
        if not self.writes:
            return None
        text, note = self.typed
        form = self.given or self.ASKS(obj=self.of, user=self.user, initial={"text": text, "note": note})
        form.fields["text"].help_text = ""  # the guidance stands above the editor
        return form

    @property
    def reads(self) -> SafeString:
        """The text as the customer will read it: as typed so far, or as handed in."""
        return as_read(self.typed[0] if self.writes else self.of.text)

    # What stands beside it

    @cached_property
    def before(self) -> InformationRequest | None:
        return self.of.last_year()

    @property
    def before_reads(self) -> SafeString:
        return as_read(self.before.text) if self.before else SafeString("")

    @cached_property
    def entries(self) -> list[LogEntry]:
        return list(self.of.log().for_timeline()[:20])

    @cached_property
    def remembered(self) -> list[PinnedNote]:
        return remembered(self.of.request)

    @property
    def happened(self) -> list[Happening]:
        return happenings(self.entries, {InformationRequest: {self.of.pk: self.of.section.title}})

    @property
    def sent_back(self) -> LogEntry | None:
        """The word with which the section came back, while it is to be mended."""
        if self.of.status != S.RETURNED:
            return None
        return next((entry for entry in self.entries if entry.step == "send_back"), None)

    @cached_property
    def reworked(self) -> Reworked | None:
        """What has changed since it came back, once it is handed in again."""
        return reworked_of(self.entries, self.of.text) if self.of.status in (S.SUBMITTED, S.ACCEPTED) else None

    @property
    def request_url(self) -> str:
        """The review's own page, for those who may open it."""
        rep = self.of.request.rep
        may = self.user.has(*OVERSEERS) or self.user.acts_as(rep.pk) or self.user.acts_as(rep.reports_to_id)
        return self.of.request.get_absolute_url() if may else ""

    @cached_property
    def beside(self) -> Beside:
        """What people said, attached, and who is on it."""
        return Beside(self.of, self.user)

    @property
    def length(self) -> str:
        """How long it is, against how long it may be."""
        words, limit = self.of.words, self.of.section.max_words
        if limit:
            return str(_("%(words)d of at most %(limit)d words") % {"words": words, "limit": limit})
        return ngettext("%(n)d word", "%(n)d words", words) % {"n": words}


def as_read(text: str) -> SafeString:
    return mark_safe(paragraphs(text))  # noqa: S308 - escaped piece by piece in prose.py
