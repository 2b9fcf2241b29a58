"""A review under way takes the newer version of its template: what is kept, asked for and given up (R-04).

Sections are the same where their keys are. docs/decisions/0610-a-review-takes-a-newer-template.md says why so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.workflow.book import clock, current
from acr_program.workflow.edit import begin_many, edit_many
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform_many

from ..choices import BY_LINE, ContributionStatus
from ..choices import RequestStatus as S
from ..conditions import applies
from ..models import Deviation, InformationRequest, ReviewRequest, Section, TemplateVersion
from ..models.contribution import OPEN
from ..models.deviation import STANDING
from . import compiling, gather

STEPS = {S.GATHERING: "upgrade", S.COMPILING: "upgrade", S.CHANGES_REQUESTED: "upgrade_in_rework"}


@dataclass
class Plan:
    """What the step would do to one review that keeps the version `kept_version` until then."""

    request: ReviewRequest
    to: TemplateVersion
    kept_version: int | None
    kept: list[tuple[InformationRequest, Section]] = field(default_factory=list)
    asked: list[tuple[Section, User]] = field(default_factory=list)
    gone: list[tuple[InformationRequest, str]] = field(default_factory=list)  # each with why
    stays: list[tuple[Deviation, Section]] = field(default_factory=list)
    lapsed: list[tuple[Deviation, str]] = field(default_factory=list)

    @property
    def too_long(self) -> list[tuple[InformationRequest, Section]]:
        """Answers that are kept, and have more words than their section takes in the newer version."""
        return [(one, section) for one, section in self.kept if section.max_words and one.words > section.max_words]

    def gives_up(self, section: Section | None) -> str:
        """Why an answer does not go along."""
        if section is None or not section.is_asked:
            words = _("Version %(n)s of the template does not ask for this section any more.")
        else:
            words = _("Version %(n)s of the template asks for this section anew, in another way.")
        return words % {"n": self.to.number}

    def lapses(self, section: Section | None) -> str:
        """Why a deviation does not go along."""
        if section is None:
            words = _("Version %(n)s of the template has no such section.")
        elif section.locked:
            words = _("In version %(n)s of the template this section is locked.")
        else:
            words = _("Version %(n)s of the template has another standard text here.")
        return words % {"n": self.to.number}


def plan_of(request: ReviewRequest, to: TemplateVersion, kept_version: int | None = None) -> Plan:
    """What the step would do to this review; `kept_version` where it keeps another one by now."""
    return plans_of([Plan(request, to, kept_version or request.template_id)])[0]


def plans_of(plans: list[Plan]) -> list[Plan]:
    """Fills in what the step would do to each of these reviews: three queries, whatever their number."""
    wanted: dict[int, dict[str, Section]] = defaultdict(dict)
    sections = Section.objects.filter(template__in={plan.to.pk for plan in plans})
    for section in sections.select_related("function__contributor").order_by("place"):
        wanted[section.template_id][section.key] = section
    ours = {
        "request__in": [plan.request.pk for plan in plans],
        "section__template__in": {plan.kept_version for plan in plans},
    }
    answers: dict[tuple[int, int | None], list[InformationRequest]] = defaultdict(list)
    deviations: dict[tuple[int, int | None], list[Deviation]] = defaultdict(list)
    for one in InformationRequest.objects.filter(**ours).select_related("section", "contributor"):
        answers[one.request_id, one.section.template_id].append(one)
    for deviation in Deviation.objects.filter(**ours, status__in=STANDING).select_related("section", "proposed_by"):
        deviations[deviation.request_id, deviation.section.template_id].append(deviation)
    for plan in plans:
        where = plan.request.pk, plan.kept_version
        mine = {key: one for key, one in wanted[plan.to.pk].items() if applies(one, plan.request.account)}
        sort_answers(plan, mine, answers[where])
        sort_deviations(plan, mine, deviations[where])
    return plans


def sort_answers(plan: Plan, wanted: dict[str, Section], answers: list[InformationRequest]) -> None:
    """Each answer goes along to its section or is given up; a section without one is asked for."""
    settled = set()
    for one in sorted(answers, key=lambda one: one.section.place):
        section = wanted.get(one.section.key)
        if one.status == ContributionStatus.WITHDRAWN:
            if section and not section.required:
                settled.add(one.section.key)  # the review went on without it, and still may
        elif section and fits(one, section):
            plan.kept.append((one, section))
            settled.add(one.section.key)
        else:
            plan.gone.append((one, plan.gives_up(section)))
    for section in wanted.values():
        writer = gather.writer_of(section, plan.request) if section.is_asked else None
        if writer and section.key not in settled:
            plan.asked.append((section, writer))


def fits(one: InformationRequest, section: Section) -> bool:
    """Whether what was asked, answered or waived can stand in the section as the newer version has it."""
    if one.status == ContributionStatus.WAIVED and section.required and section.locked:
        return False
    by_line = {one.section.kind, section.kind} & set(BY_LINE)
    return section.is_asked and (one.section.kind == section.kind or not by_line)


def sort_deviations(plan: Plan, wanted: dict[str, Section], deviations: list[Deviation]) -> None:
    """A deviation was allowed from one text: it stays where the newer version has the same, and lapses elsewhere."""
    for deviation in deviations:
        section, old = wanted.get(deviation.section.key), deviation.section
        if section and section.may_deviate and (section.kind, section.body) == (old.kind, old.body):
            plan.stays.append((deviation, section))
        else:
            plan.lapsed.append((deviation, plan.lapses(section)))


# What follows from the step


def upgraded(request: ReviewRequest, entry: LogEntry) -> None:
    """All of it at once; where nothing has to be waited for the document is compiled anew."""
    now, before = request.template, request.left
    assert now
    assert before
    plan = plan_of(request, now, before.pk)
    if entry.before == S.COMPILING:
        compiling.void_documents(request, entry)
    carry_out(plan, entry)
    if not plan.lapsed:  # with the last deviation that lapses the review has moved on as far as it can
        gather.move_on(request, entry)


def carry_out(plan: Plan, entry: LogEntry) -> None:
    otherwise = {one.pk for one, section in plan.kept if one.status in OPEN and asked_otherwise(one.section, section)}
    for one in edit_many([(one, {"section": section}) for one, section in plan.kept], by=entry.by):
        if one.pk in otherwise:
            tell_writer(one, entry)
    edit_many([(one, {"section": section}) for one, section in plan.stays], by=entry.by)
    give_up(InformationRequest, plan.gone, entry)
    begin_many(list(new_ones(plan)), by=entry.by)
    give_up(Deviation, plan.lapsed, entry)


def asked_otherwise(old: Section, new: Section) -> bool:
    """Whether who is still writing would write something else, had they read the newer version."""
    return any(getattr(old, name) != getattr(new, name) for name in ("title", "lede", "guidance", "max_words"))


def tell_writer(one: InformationRequest, entry: LogEntry) -> None:
    said = {"by_name": entry.by.name}
    key = f"section-changed-{one.pk}-{one.version}"
    current().post(one, key=key, to=[one.contributor], template="section_changed", context=said)


def give_up(model: type[Any], rows: Iterable[tuple[Any, str]], entry: LogEntry) -> None:
    """Taken out of the review, each with its reason, and whoever wrote or proposed it is told."""
    reasons: dict[str, list[int]] = defaultdict(list)
    for row, why in rows:
        reasons[why].append(row.pk)
    for why, pks in reasons.items():
        perform_many(model._default_manager.filter(pk__in=pks), "withdraw", by=clock(), inside=entry, comment=why)


def new_ones(plan: Plan) -> Iterator[InformationRequest]:
    for section, writer in plan.asked:
        yield InformationRequest(request=plan.request, section=section, contributor=writer)
