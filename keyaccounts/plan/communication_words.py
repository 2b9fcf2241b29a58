"""Words that the customer proposes by the link: kept beside ours until the team takes them over or answers (feature 78)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _

from acr_program.outbox.render import absolute
from acr_program.people.models import User
from acr_program.workflow.book import click, current
from acr_program.workflow.edit import note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock

from ..choices_plan import ProposalState
from ..models import AccountPlan, PlanSnapshot, Proposal
from ..plan_rules import account_hands
from . import writing
from .content import Content, public_lines
from .kinds import Kind, find

MOST_OPEN = 60  # so many proposals may wait for an answer; more are no talk between two houses
NEW = "new"


@dataclass(frozen=True)
class PlanLine:
    """Something in the version that the customer may say in other words: a line, or one more of its kind (`row` None)."""

    kind: Kind
    row: int | None
    ours: str

    @property
    def key(self) -> str:
        return f"{self.kind.key}:{self.row or NEW}"

    @property
    def field(self) -> str:
        return words_of(self.kind)

    @property
    def label(self) -> str:
        said = {"one": self.kind.one, "what": self.ours[:120]}
        return _("%(one)s: %(what)s") % said if self.row else _("Something new: %(one)s") % said


def words_of(kind: Kind) -> str:
    """The field of a kind whose words the customer may propose: the first public one that is free text; none is ""."""
    for name in kind.public:
        asked: Any = kind.model._meta.get_field(name)
        if isinstance(asked, (models.CharField, models.TextField)) and not asked.choices:
            return name
    return ""


def plan_lines(content: Content) -> list[PlanLine]:
    """All that the customer reads in this version and may say otherwise."""
    found = []
    for kind, rows in public_lines(content):
        if name := words_of(kind):
            found += [PlanLine(kind, pk, str(row[name])) for pk, row in rows]
            found.append(PlanLine(kind, None, ""))
    return found


def propose(plan: AccountPlan, version: PlanSnapshot, line: PlanLine, *, words: str, who: str) -> Proposal:
    """Keep what the customer writes beside what we wrote; whoever has the account is told. The same words twice are one."""
    by = User.objects.customer()
    with click():
        plan = lock(plan)
        if not plan.is_living:
            raise Refused(_("This plan is archived: write to us about the next one."))
        waiting = Proposal.objects.filter(plan=plan, state=ProposalState.OPEN)
        if same := waiting.filter(kind=line.kind.key, row=line.row, words=words).first():
            return same
        if waiting.count() >= MOST_OPEN:
            raise Refused(_("Much waits for our answer already. Please write to us, or call."))
        made = Proposal.objects.create(
            plan=plan, snapshot=version, kind=line.kind.key, row=line.row, field=line.field, ours=line.ours[:4000],
            words=words, who=who, changed_by=by,
        )  # fmt: skip
        said = {"line": line.label, "who": who, "version": version.number}
        note(plan, by=by, changed={"proposals": [None, said]})
        context = {"plan": plan, "who": who, "line": line.label, "url": absolute(made.get_absolute_url())}
        current().post(
            plan, key=f"plan-proposal-{made.pk}", to=account_hands(plan), template="plan_proposal", context=context
        )
    return made


# What the team makes of it


def kind_of(proposal: Proposal) -> Kind | None:
    return find(proposal.kind)


def row_of(proposal: Proposal) -> Any:
    """The line as it is now; None where it is new, or was taken off."""
    kind = kind_of(proposal)
    return kind.rows(proposal.plan_id).filter(pk=proposal.row).first() if kind and proposal.row else None


def take_over(proposal: Proposal, form: Any, row: Any, *, by: User, answer: str) -> Proposal:
    """The words of the form come into the plan, as any change of a line; raises Clash where somebody was faster."""
    kind, plan = form.kind, proposal.plan
    with click():
        answered(proposal, ProposalState.TAKEN, by, answer)
        if row is None:
            writing.add_row(plan, kind, by=by, row=form.instance, mine=form.mine())
        else:
            writing.keep_row(plan, kind, row.pk, by=by, mine=form.mine(), read=form.told())
    return proposal


def keep_ours(proposal: Proposal, *, by: User, answer: str) -> Proposal:
    """Our words stay; the customer reads why."""
    with click():
        return answered(proposal, ProposalState.KEPT, by, answer)


def answered(proposal: Proposal, state: str, by: User, answer: str) -> Proposal:
    plan = writing.locked(proposal.plan, by)
    there = Proposal.objects.filter(pk=proposal.pk, plan=plan, state=ProposalState.OPEN).first()
    if there is None:
        raise Refused(_("This proposal is answered already."))
    there.state, there.answer, there.answered_by, there.answered_at = state, answer, by, now()
    there.revision += 1
    there.changed_by, there.changed_at = by, there.answered_at
    there.save()
    note(plan, by=by, changed={"proposals": [there.pk, {"state": ["open", state]}]})
    return there
