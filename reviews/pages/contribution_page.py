"""My sections, and the page of one: what is asked, what stands beside it, what was said about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.absent import without_absent
from acr_program.desk.beside.showing import Beside
from acr_program.desk.models import Draft
from acr_program.desk.today import tone, when
from acr_program.people.acting import own_place
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui.lists import Column, Sort, Table
from acr_program.ui.parts import Happening, Waiting
from acr_program.ui.phrases import day
from acr_program.workflow.ages import age_column
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import Offer, offers
from reviews import rules
from reviews.actions.drafting import draft_name
from reviews.choices import BY_LINE, SectionKind
from reviews.choices import ContributionStatus as S
from reviews.content.content import Content
from reviews.content.orders import Order
from reviews.content.tokens import Hint, Reading, hints_for, readings_of
from reviews.forms.lines import as_typed, typed_lines
from reviews.forms.steps import AnswerForm
from reviews.models import InformationRequest
from reviews.prose import MARKS, paragraphs
from reviews.tokens import told

from .figures_beside import FiguresBeside, figures_beside
from .lines import Block, blocks, colleagues, in_words
from .one import HeldPage
from .remembered import Reminder, remembered
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
        "words_in_lines",
        "request__meeting_on",
        "request__delivery",
        "request__pace",
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
    mine = without_absent(mine, user, "request__account")
    return mine.exclude(status__in=[S.REQUESTED, S.RETURNED]).for_list()


def my_sections(user: User) -> dict[str, Any]:
    """What waits, soonest due first."""
    return {
        "waiting": waiting(
            user, duties_of(user, InformationRequest, "submit"), _("Write"), lambda duty: (duty.title, duty.what)
        ),
    }


@dataclass
class ContributionPage(HeldPage[InformationRequest]):
    """One section wanted of one person, as this reader sees it."""

    ASKS: ClassVar[type[AnswerForm]] = AnswerForm

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

    # The editor

    @cached_property
    def draft(self) -> Draft | None:
        return Draft.objects.filter(person=self.user, form=draft_name(self.of)).first() if self.writes else None

    @property
    def restored_at(self) -> datetime | None:
        """When the draft was kept, where it differs from what was handed in; what was just sent is no draft."""
        if self.given or not self.draft:
            return None
        if self.typed == (self.of.text, self.of.note) and self.typed_lines == self.kept_lines:
            return None
        return self.draft.saved_at

    @cached_property
    def typed(self) -> tuple[str, str]:
        data: Any = self.given.data if self.given else self.draft.data if self.draft else {}
        return data.get("text", self.of.text), data.get("note", self.of.note)

    @cached_property
    def kept_lines(self) -> list[dict[str, str]]:
        return as_typed(self.of.lines()) if self.of.section.kind in BY_LINE else []

    @cached_property
    def typed_lines(self) -> list[dict[str, str]]:
        """Commitments or issues as typed so far; as they were handed in where nothing is being typed."""
        if self.given:
            return typed_lines(self.of.section.kind, self.given.data)
        lines: list[dict[str, str]] | None = self.draft.data.get("lines") if self.draft else None
        return self.kept_lines if lines is None else lines

    @property
    def lines_read(self) -> list[Block]:
        return blocks(self.of.section.kind, self.typed_lines if self.writes else self.kept_lines)

    @property
    def colleagues(self) -> list[str]:
        return colleagues(self.of.request)

    @cached_property
    def form(self) -> AnswerForm | None:
        if not self.writes:
            return None
        text, note = self.typed
        typed = {"text": text, "note": note, "lines": self.typed_lines}
        form = self.given or self.ASKS(obj=self.of, user=self.user, initial=typed)
        form.fields["text"].help_text = ""  # the guidance stands above the editor
        return form

    @property
    def reads(self) -> SafeString:
        """The text as the customer will read it: as typed so far, or as handed in."""
        return as_read(so_far(self.typed[0] if self.writes else self.of.text, self.content))

    # What stands beside it

    @cached_property
    def before(self) -> InformationRequest | None:
        return self.of.last_year()

    @property
    def before_reads(self) -> SafeString:
        return as_read(told(self.before.text)) if self.before else SafeString("")

    @property
    def before_lines(self) -> list[Block]:
        kind = self.before.section.kind if self.before else ""
        return blocks(kind, as_typed(self.before.lines())) if self.before and kind in BY_LINE else []

    @cached_property
    def figures(self) -> FiguresBeside:
        """The customer's figures as the document will print them, filled by themselves, with their source."""
        return figures_beside(self.content)

    @cached_property
    def content(self) -> Content:
        return Content(self.of.request)

    @property
    def late_orders(self) -> list[Order] | None:
        """Where the section says why orders were late: which they are; None for any other section."""
        return self.content.orders.late if self.of.section.kind == SectionKind.PROMISE else None

    @property
    def reads_for_office(self) -> bool:
        """Whether it is put to this reader if the section is fit for the customer."""
        return any(offer.name == "accept" for offer in self.offers)

    @property
    def handed_in(self) -> bool:
        """Whether its author only waits now."""
        return self.mine and self.of.status == S.SUBMITTED

    @property
    def no_more_wanted(self) -> str:
        """Why nobody has to write it any more, where that is so: who said it, and when."""
        if self.of.status not in (S.WAIVED, S.WITHDRAWN):
            return ""
        said = next((entry for entry in self.entries if entry.after == self.of.status != entry.before), None)
        if said is None:
            return gettext("Nobody has to write it.")
        words = gettext("%(name)s, %(day)s: %(why)s") if said.comment else gettext("%(name)s, %(day)s.")
        return words % {"name": said.by_name, "day": day(said.at), "why": said.comment}

    @property
    def hints(self) -> list[Hint]:
        """Figures that are typed though they are on file, while somebody writes."""
        return hints_for(self.of.request, self.typed[0], self.content) if self.writes else []

    @cached_property
    def entries(self) -> list[LogEntry]:
        return list(self.of.log().for_timeline()[:20])

    @cached_property
    def remembered(self) -> list[Reminder]:
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
        if self.of.status not in (S.SUBMITTED, S.ACCEPTED):
            return None
        return reworked_of(self.entries, in_words(self.of.text, self.kept_lines))

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


def so_far(text: str, content: Content) -> str:
    """The text with the figures it names as the document will say them; what cannot be filled stands as it was typed."""
    if "{{" not in text:
        return text
    read = readings_of(content)
    return MARKS.sub(lambda mark: said_of(mark, read, content), text)


def said_of(mark: re.Match[str], read: dict[str, Reading], content: Content) -> str:
    reading = read.get((mark[1] or "").strip())
    return reading.said(content) if reading else mark[0]


def as_read(text: str) -> SafeString:
    return mark_safe(paragraphs(text))  # noqa: S308 - escaped piece by piece in prose.py
