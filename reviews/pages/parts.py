"""The parts of one request: its sections with their contributors, its documents with their approvals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.render.models import Rendering, Stage
from acr_program.ui.phrases import number
from acr_program.ui.shell import company
from reviews.choices import ApprovalStatus, ContributionStatus, DocumentStatus
from reviews.conditions import applies, because
from reviews.models import Approval, Deviation, Document, InformationRequest, ReviewRequest, Section
from reviews.models.deviation import STANDING
from reviews.tokens import TOKEN


@dataclass(frozen=True)
class Part:
    """One section as this review has it; `asked` is what is wanted of its contributor, where somebody is asked."""

    section: Section
    asked: InformationRequest | None
    title: str
    deviation: Deviation | None = None  # what it says in place of the standard, or would say
    because: str = ""  # why a conditional section is in this document, or is not
    out: bool = False

    @property
    def note(self) -> str:
        kind = self.section.get_kind_display()
        marks = [str(self.section.function or kind) if self.section.is_asked else kind]
        if self.section.slot:
            marks = [_("for the sales representative to fill")]
        if self.section.locked:
            marks += [
                _("locked: it stands in every document")
                if self.section.required
                else _("locked: the template’s own text")
            ]
        marks += [] if self.section.required else [_("optional")]
        return " · ".join(marks)

    @property
    def words(self) -> str:
        """How long it is against what is allowed."""
        if self.asked is None or not self.asked.words:
            return ""
        words, limit = self.asked.words, self.section.max_words
        if limit:
            return _("%(n)s of %(most)s words") % {"n": number(words), "most": number(limit)}
        return ngettext("%(n)s word", "%(n)s words", words) % {"n": number(words)}

    @property
    def too_long(self) -> bool:
        limit = self.section.max_words
        return bool(self.asked and limit and self.asked.words > limit)

    @property
    def without_contributor(self) -> bool:
        return self.asked is None and self.section.is_asked and not self.out


@dataclass
class Version:
    """One compiled version with the approvals given to it, in their order."""

    document: Any  # a Document that knows the stage of its rendering
    approvals: list[Approval] = field(default_factory=list)


def parts_of(request: ReviewRequest) -> list[Part]:
    """The sections of the pinned template, in order, in one query."""
    if request.template_id is None:
        return []
    asked = FilteredRelation("informationrequest", condition=Q(informationrequest__request=request.pk))
    stands = Q(deviations__request=request.pk, deviations__status__in=STANDING)
    sections: QuerySet[Any] = Section.objects.filter(template=request.template_id).annotate(
        asked=asked, deviating=FilteredRelation("deviations", condition=stands)
    )
    sections = sections.select_related("function", "asked__contributor", "deviating__proposed_by").order_by("place")
    tokens = tokens_of(request)
    return [part_of(section, named(section.title, tokens), request) for section in sections]


def part_of(section: Any, title: str, request: ReviewRequest) -> Part:
    asked, deviation = getattr(section, "asked", None), getattr(section, "deviating", None)
    for one in filter(None, (asked, deviation)):
        one.section = section
    out = not applies(section, request.account)
    return Part(section, asked, title, deviation, because(section, request.account), out)


def tokens_of(request: ReviewRequest) -> dict[str, str]:
    """What a title may name, as this review fills it."""
    name = request.account.name
    return {
        "customer.name": name,
        "customer.contact": request.recipient.name if request.recipient else name,
        "company.name": company(),
        "year.label": request.year.label,
        "rep.name": request.rep.name,
        "rep.title": request.rep.title,
    }


def named(title: str, tokens: dict[str, str]) -> str:
    """A section's title with its tokens filled; one that is unknown stays as it is typed."""
    return TOKEN.sub(lambda found: tokens.get(found[1], found[0]), title)


def versions_of(request: ReviewRequest) -> list[Version]:
    """The compiled versions, newest first, each with its approvals: one query, a row for each approval."""
    rows: QuerySet[Any] = Document.objects.filter(request=request.pk).annotate(
        given=FilteredRelation("approvals"), stage=last_stage()
    )
    found: dict[int, Version] = {}
    for row in rows.select_related("given__approver").order_by("-number", "given__place"):
        row.request = request
        version = found.setdefault(row.pk, Version(row))
        if given := getattr(row, "given", None):
            given.request = request
            version.approvals.append(given)
    return list(found.values())


def last_stage() -> Subquery:
    """How far the last rendering of a document has come."""
    kind = ContentType.objects.get_for_model(Document)
    asked = Rendering.objects.filter(content_type=kind, object_id=OuterRef("pk")).order_by("-pk")
    return Subquery(asked.values("stage")[:1])


def summary(parts: Iterable[Part]) -> str:
    """How far the sections are: 6 of 8 accepted, 1 to read, 1 waived."""
    states = [part.asked.status for part in parts if part.asked]
    if not states:
        return ""
    S = ContributionStatus
    said = [_("%(n)d of %(all)d accepted") % {"n": states.count(S.ACCEPTED), "all": len(states)}]
    for state, words in (
        (S.SUBMITTED, _("%(n)d to read")), (S.RETURNED, _("%(n)d sent back")), (S.WAIVED, _("%(n)d waived")),
        (S.WITHDRAWN, _("%(n)d withdrawn")),
    ):  # fmt: skip
        said += [words % {"n": states.count(state)}] if state in states else []
    return ", ".join(said)


def rendering_of(version: Version | None) -> tuple[str, int] | None:
    """How far the rendering of a pending document is: words and a share; None where none is awaited."""
    if version is None or version.document.status != DocumentStatus.PENDING:
        return None
    stage = Stage(version.document.stage or Stage.QUEUED)
    return str(stage.label), round(100 * list(Stage).index(stage) / (len(Stage) - 1))


def turn_of(approvals: Iterable[Approval]) -> Approval | None:
    """The approval that is awaited now: the first pending one in order."""
    return next((a for a in approvals if a.status == ApprovalStatus.PENDING), None)


def current(versions: list[Version]) -> Version | None:
    """The version that counts: the newest that is not void; else the newest."""
    return next((v for v in versions if v.document.status != DocumentStatus.VOID), versions[0] if versions else None)
