"""The chapters of a pack that reviews themselves tell: from the request to what was undertaken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from acr_program.desk.models import Comment
from acr_program.ui.phrases import long_day
from acr_program.workflow.log import LogEntry
from reviews.models import (
    Approval,
    CustomerFeedback,
    Deviation,
    Document,
    FollowUp,
    InformationRequest,
    Meeting,
    PrintOrder,
    RepFeedback,
    ReviewRequest,
)  # fmt: skip
from reviews.pages.facts import asked_for
from reviews.pages.timeline import happenings, log_of

from .parts import Chapter, Reader, Words, dated, rows_of
from .trail import stamp


def request(review: ReviewRequest, reader: Reader) -> Chapter:
    """Who asked for what."""
    people = [(_("Account"), review.account.name), (_("Sales representative"), review.rep.name)]
    return Chapter(_("What was asked for"), "", facts=[*people, *asked_for(review)])


def timeline(review: ReviewRequest, reader: Reader) -> Chapter:
    """Every step with its moment and the names of those who took it, oldest first."""
    names: dict[type[Any], dict[int, str]] = {
        InformationRequest: {one.pk: one.section.title for one in review.contributions.select_related("section")},
        Deviation: {one.pk: one.section.title for one in review.deviations.select_related("section")},
        Document: {one.pk: str(one.number) for one in review.documents.all()},
        Approval: {one.pk: one.approver.name for one in review.approvals.select_related("approver")},
    }
    for model in (PrintOrder, Meeting, CustomerFeedback, RepFeedback, FollowUp):
        names[model] = dict.fromkeys(model.objects.filter(request=review.pk).values_list("pk", flat=True), "")
    told = happenings(log_of(review, names, most=None), names)[::-1]
    heads = [_("When"), _("Who"), _("What"), _("In their words")]
    rows = [[stamp(one.at), one.by_name, one.sentence, one.comment] for one in told]
    return Chapter(_("What happened"), _("Nothing has happened yet."), heads=heads, rows=rows)


def sections(review: ReviewRequest, reader: Reader) -> Chapter:
    """Each section as it was submitted, every time, and as it stands; notes for the office only for those who read them."""
    asked = list(review.contributions.select_related("section", "contributor").order_by("section__place", "pk"))
    heads = [_("Section"), _("Asked of"), _("State"), _("Accepted")]
    rows = rows_of(
        asked, lambda one: one.section.title, lambda one: one.contributor.name, lambda one: one.get_status_display(),
        lambda one: done(one, "accept"),
    )  # fmt: skip
    texts = [words for one in asked for words in words_of(one, reader)]
    return Chapter(_("Sections"), _("No section was asked of anybody."), heads=heads, rows=rows, texts=texts)


def words_of(one: InformationRequest, reader: Reader) -> Iterator[Words]:
    submitted = ""
    for entry in steps(one, "submit"):
        submitted = str(entry.detail.data.get("text", "")) if hasattr(entry, "detail") else ""
        yield Words(one.section.title, _("as submitted by %(who)s") % {"who": signed(entry)}, submitted)
    if one.text and one.text != submitted:
        yield Words(one.section.title, _("as it stands now"), one.text)
    if undertaken := "\n".join(dated(line.what, line.who, line.due_on) for line in one.lines()):
        yield Words(one.section.title, _("line by line"), undertaken)
    if one.note and reader.internal:
        yield Words(one.section.title, _("note for the office, never shown to the customer"), one.note)


def deviations(review: ReviewRequest, reader: Reader) -> Chapter:
    """Where it leaves the standard, why, and who allowed or refused it."""
    found = list(review.deviations.select_related("section", "proposed_by").order_by("pk"))
    heads = [_("Section"), _("State"), _("Why"), _("Proposed"), _("Decided")]
    rows = [
        [
            one.section.title,
            one.get_status_display(),
            one.reason,
            done(one, "create"),
            done(one, "allow", "refuse", "withdraw"),
        ]
        for one in found
    ]
    texts = [Words(one.section.title, _("text in place of the standard"), one.text) for one in found]
    none = _("The document keeps to the standard text throughout.")
    return Chapter(_("Deviations from the standard"), none, heads=heads, rows=rows, texts=texts)


def approvals(review: ReviewRequest, reader: Reader) -> Chapter:
    """Who decided on which version, who acted for whom, and the digest of the files that were shown."""
    found = review.approvals.select_related("document", "approver").order_by("document__number", "place")
    heads = [_("Version"), _("Asked of"), _("State"), _("Decided"), _("In their words"), _("Signs the files")]
    rows = rows_of(
        found, lambda one: one.document.number, lambda one: one.approver.name, lambda one: one.get_status_display(),
        lambda one: done(one, "approve", "ask_for_changes", "withdraw", "lapse"), lambda one: one.comment,
        lambda one: one.signs,
    )  # fmt: skip
    return Chapter(_("Approvals"), _("Nobody was asked to approve."), heads=heads, rows=rows)


def follow_ups(review: ReviewRequest, reader: Reader) -> Chapter:
    found = FollowUp.objects.filter(request=review.pk).select_related("owner").order_by("pk")
    heads = [_("What"), _("Who"), _("By when"), _("State"), _("What came of it")]
    rows = rows_of(
        found, lambda one: one.what, lambda one: one.owner.name, lambda one: long_day(one.due_on),
        lambda one: one.get_status_display(), lambda one: dated(one.outcome, one.ended_on and long_day(one.ended_on)),
    )  # fmt: skip
    return Chapter(_("What was undertaken"), _("Nothing was undertaken."), heads=heads, rows=rows)


def talk(review: ReviewRequest, reader: Reader) -> Chapter | None:
    """What people said to each other beside the review: among ourselves, and only for those who oversee it."""
    if not reader.internal:
        return None
    said = Comment.objects.of(review).filter(withdrawn_at=None).select_related("by").order_by("at", "pk")
    rows = [[stamp(one.at), one.by.name, one.text] for one in said]
    return Chapter(_("Said among ourselves"), _("Nothing was said."), heads=[_("When"), _("Who"), _("What")], rows=rows)


def steps(thing: Any, *names: str) -> list[LogEntry]:
    return list(thing.log().filter(step__in=names).select_related("by", "on_behalf_of", "detail").order_by("version"))


def done(thing: Any, *names: str) -> str:
    """Who took the last of these steps, and when; both names where one acted for another."""
    found = steps(thing, *names)
    return signed(found[-1]) if found else ""


def signed(entry: LogEntry) -> str:
    return _("%(who)s, %(when)s") % {"who": entry.by_name, "when": stamp(entry.at)}
