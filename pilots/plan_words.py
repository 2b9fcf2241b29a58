"""A plan in whole sentences, as the page and the command say it (P-18, P-22, M9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.ui.phrases import few
from acr_program.ui.phrases import names as listed

from .covering import accounts_said
from .planned import Planned
from .planning.plan import Lack, OneMore, Plan, Reason, Why
from .planning.problem import Candidate, Hand, Requirement
from .planning.search import Stage

MANY = 5  # so many names in one sentence, then their number


def labels(these: Iterable[Requirement]) -> str:
    return listed([f"“{one.label}”" for one in these])


def accounts(these: Iterable[Candidate]) -> str:
    """By name; of many the first, and how many more."""
    return few([one.name for one in these], MANY)


def pilots_said(n: int) -> str:
    return ngettext("%(n)d pilot", "%(n)d pilots", n) % {"n": n}


def summary(plan: Plan) -> str:
    """How many pilots cover how much."""
    n, of = len(plan.covered), len(plan.problem.requirements)
    if not of:
        return _("Nothing is required of this wave: no business unit, no theater, no step or tool.")
    if not plan.pilots:
        return _("No pilot: nothing of the %(of)d that are required is covered.") % {"of": of}
    said = {"pilots": pilots_said(len(plan.pilots)), "n": n, "of": of}
    if n == of:
        return _("%(pilots)s: everything that is required is covered, all %(of)d.") % said
    return _("%(pilots)s: %(n)d of the %(of)d that are required are covered.") % said


# Why somebody is in the plan or not


def reason_said(reason: Reason) -> str:
    return SENTENCES[reason.why](reason)


def kept(reason: Reason) -> str:
    if reason.turns_on:
        return _("Selected, and kept: in this plan it alone covers %(these)s.") % {"these": labels(reason.turns_on)}
    return _("Selected, and kept: all that it covers, others of the plan cover too.")


def only_one(reason: Reason) -> str:
    return _("No other candidate covers %(these)s.") % {"these": labels(reason.turns_on)}


def needed(reason: Reason) -> str:
    return _("In this plan it alone covers %(these)s.") % {"these": labels(reason.turns_on)}


def in_reserve(reason: Reason) -> str:
    if reason.turns_on:
        return _("Held in reserve. It would cover what is open: %(these)s.") % {"these": labels(reason.turns_on)}
    return _("Held in reserve. All that it covers is covered.")


def nothing(reason: Reason) -> str:
    return _("It covers nothing that is required.")


def superfluous(reason: Reason) -> str:
    return _("All that it covers is covered, and there is no pilot of the plan in whose place it would do.")


def lower(reason: Reason) -> str:
    words = _("It could stand in for %(other)s, and has a lower score: %(mine)d against %(theirs)d.")
    return words % {
        "other": named(reason.other),
        "mine": reason.candidate.score,
        "theirs": reason.candidate.score + reason.by,
    }


def later(reason: Reason) -> str:
    words = _("It could stand in for %(other)s, with the same score: the earlier customer number goes first.")
    return words % {"other": named(reason.other)}


def trade(reason: Reason) -> str:
    words = _(
        "It would cover %(these)s, for which there is no room. In place of %(other)s, this would be open: %(lost)s."
    )
    return words % {
        "these": labels(reason.turns_on),
        "other": named(reason.other),
        "lost": labels(reason.lost),
    }


def no_room(reason: Reason) -> str:
    words = _("It would cover %(these)s, for which there is no room: those selected take every place.")
    return words % {"these": labels(reason.turns_on)}


def unsettled(reason: Reason) -> str:
    return _("It may do better than %(other)s: the time was up before that was settled.") % {
        "other": named(reason.other)
    }


def named(other: Candidate | None) -> str:
    return other.name if other else ""


SENTENCES: dict[Why, Callable[[Reason], str]] = {
    Why.BY_HAND: kept, Why.ONLY_ONE: only_one, Why.NEEDED: needed, Why.EXCLUDED: in_reserve, Why.NOTHING: nothing,
    Why.SUPERFLUOUS: superfluous, Why.LOWER: lower, Why.LATER: later, Why.TRADE: trade, Why.NO_ROOM: no_room,
    Why.UNSETTLED: unsettled,
}  # fmt: skip


# What stays open, and what one more would buy


def gaps_said(of: Planned) -> list[str]:
    """What is open for the same reason and could be covered by the same candidates is one sentence."""
    alike: dict[tuple[Lack, tuple[str, ...]], list[Requirement]] = {}
    for gap in of.plan.gaps:
        would = [one.candidate.account.name for one in of.aside if gap.requirement in one.covers]
        who = [one.name for one in gap.who] or would
        alike.setdefault((gap.lack, tuple(who)), []).append(gap.requirement)
    return [gap_said(lack, who, labels(these), of.room.accounts) for (lack, who), these in alike.items()]


def gap_said(lack: Lack, who: Sequence[str], what: str, room: int) -> str:
    said = {"what": what, "who": few(who, MANY), "room": accounts_said(room)}
    if lack is Lack.CAPACITY:
        return (
            _("The office can carry %(room)s, so these stay open: %(what)s. They could be covered by %(who)s.") % said
        )
    if lack is Lack.EXCLUDED:
        return _("Open: %(what)s. It could be covered from the reserve, by %(who)s.") % said
    if who:
        return _("Nobody who can be selected covers %(what)s. It could be covered by %(who)s.") % said
    return _("No candidate covers %(what)s.") % said


def room_said(of: Planned) -> list[str]:
    """What the office can carry, and how many pilots it would take."""
    found, room = of.plan, of.room.accounts
    said = [of.room.arithmetic] if of.room.arithmetic else []
    if found.over:
        words = _("%(pilots)s are selected, more than the office can carry.")
        said.append(words % {"pilots": pilots_said(len(found.pilots))})
    if found.needed > max(room, len(found.pilots)):
        words = _("To cover all that the candidates can cover takes %(pilots)s.")
        said.append(words % {"pilots": pilots_said(found.needed)})
    return said


def one_more_said(more: OneMore | None) -> str:
    if more is None:
        return _("It would cover nothing that is not covered.")
    said = {
        "comes": accounts(more.comes),
        "goes": accounts(more.goes),
        "gained": labels(more.gained),
        "lost": labels(more.lost),
    }
    if not more.goes:
        return _("%(comes)s, and with it: %(gained)s.") % said
    words = _("The best plan would then have %(comes)s in place of %(goes)s, and cover besides: %(gained)s.")
    if more.lost:
        words = _(
            "The best plan would then have %(comes)s in place of %(goes)s, and cover %(gained)s in place of %(lost)s."
        )
    return words % said


def proof_said(plan: Plan) -> str:
    """Whether this is the best plan there is, or what has not been ruled out."""
    if plan.unproved is None and any(one.hand is Hand.CHOSEN for one in plan.pilots):
        return _(
            "This is proved to be the best plan that keeps those selected: no other covers more, with fewer pilots, at a "
            "higher score."
        )
    if plan.unproved is None:
        return _("This is proved to be the best plan: no other covers more, with fewer pilots, at a higher score.")
    return {
        Stage.COVERAGE: _("The time was up before the plan was proved: one that covers more has not been ruled out."),
        Stage.NUMBER: _("The time was up before the plan was proved: one with fewer pilots has not been ruled out."),
        Stage.SCORE: _("The time was up before the plan was proved: one with a higher score has not been ruled out."),
        Stage.ORDER: _("The time was up before the plan was proved: another that is as good would go before it."),
    }[plan.unproved.stage]
