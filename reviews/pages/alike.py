"""Which of many approvals may be given from a list: of those whose version was shown, the ones in which nothing differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.files.errors import Corrupt
from acr_program.people.models import User
from reviews import rules
from reviews.choices import ApprovalStatus
from reviews.conditions import applies
from reviews.models import Approval, Document, Seen

from .composed import Composed, compared, files_of_inputs, read_inputs
from .differences import compare
from .goes_out import goes_out
from .standard import from_standard, standards_of


@dataclass(frozen=True)
class Verdict:
    """Whether this approval may be given from the list, which files it would sign, and what follows, or why not."""

    can: bool
    says: str
    signs: str = ""


def verdicts(approvals: Sequence[Any], user: User) -> list[Verdict]:
    """For each of these, as this person; three queries, however many they are. They know `first` and `more` (`for_many`)."""
    seen = Seen.objects.by(user).filter(approval__request__in=[approval.request_id for approval in approvals])
    sightings = list(seen.select_related("approval__document__manifest").order_by("-approval__document__number"))
    shown = {row.approval_id: row for row in sightings}
    before = {approval.pk: seen_before(approval, sightings) for approval in approvals}
    files = files_of_inputs([a.document for a in approvals] + [document for document in before.values() if document])
    for approval in approvals:
        approval.document.request = approval.request
    standards = standards_of([approval.document for approval in approvals])
    found = []
    for approval in approvals:
        reasons = list(shut(approval, user))
        if not reasons and approval.pk not in shown:
            reasons = [_("You were not shown this version: open it first.")]
        if not reasons:
            sections = standards.get(approval.document_id, [])
            reasons = list(differing(approval, before[approval.pk], files, sections))
        if reasons:
            found.append(Verdict(False, " ".join(reasons)))
        else:
            found.append(Verdict(True, follows(approval), shown[approval.pk].digest))
    return found


def seen_before(approval: Approval, sightings: list[Seen]) -> Document | None:
    """The version of the same review that the person was shown last before this one."""
    number = approval.document.number
    of_it = (row.approval.document for row in sightings if row.approval.request_id == approval.request_id)
    return next((document for document in of_it if document.number < number), None)


def shut(approval: Any, user: User) -> Iterator[str]:
    """Why it is not this person's to decide now."""
    if approval.status != ApprovalStatus.PENDING:
        yield _("It is decided already: %(state)s.") % {"state": approval.get_status_display()}
    elif not rules.asked_approver(user, approval):
        yield _("It is for %(who)s.") % {"who": rules.asked_approver.title}
    elif approval.first:
        yield _("%(name)s decides first.") % {"name": approval.first}
    elif not rules.manifest_ready.holds(approval):
        yield str(rules.manifest_ready.says)


def differing(approval: Approval, before: Document | None, files: Any, template: Any) -> Iterator[str]:
    """What somebody has to read before this one is approved: on its own page, and by itself."""
    try:
        inputs = read_inputs(files[approval.document_id])
        then = read_inputs(files[before.pk]) if before else None
    except KeyError:
        yield _("What it is made of is not on file, so nothing can be compared.")
        return
    except Corrupt as corrupt:
        yield corrupt.sentence
        return
    now = compared(inputs)
    wanted = [row for row in template if applies(row, approval.request.account)]
    departs = [one.section for one in from_standard(now, wanted)[0]]
    if departs:
        yield _("It departs from the standard: %(titles)s.") % {"titles": titles(departs)}
    if stale := [section for section in now if section.stale]:
        yield _("It was not confirmed lately: %(titles)s.") % {"titles": titles(stale)}
    if before and (found := compare(now, compared(then))[0]):
        words = ngettext(
            "%(n)d section differs from version %(number)d, which you saw last: %(titles)s.",
            "%(n)d sections differ from version %(number)d, which you saw last: %(titles)s.", len(found),
        )  # fmt: skip
        yield words % {"n": len(found), "number": before.number, "titles": titles([one.section for one in found])}


def titles(sections: list[Composed]) -> str:
    return ", ".join(dict.fromkeys(section.title for section in sections))


def follows(approval: Any) -> str:
    """What is signed, and what that sets going."""
    words = {"n": approval.document.number, "digest": f"{approval.signs[:4]} {approval.signs[4:8]}"}
    said = _("You approve version %(n)d, fingerprint %(digest)s.") % words
    if approval.more:
        return said + " " + _("Then %(name)s is asked.") % {"name": approval.more}
    out = goes_out(approval.request)
    return f"{said} {_('You are the last: %(out)s.') % {'out': out}}" if out else said
