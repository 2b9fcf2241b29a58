"""What follows from steps of rounds, nominations and the filter itself, for scorecards and try-outs (K-08, K-09, feature 74)."""

from __future__ import annotations

from acr_program.workflow.book import clock
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform
from acr_program.workflow.registry import after, gate

from .. import filter_rules
from ..choices import MembershipStatus, RoundStatus
from ..choices_filter import ScorecardStatus
from ..filter_backtest import backtest
from ..models import FilterVersion, Membership, NominationRound, Scorecard, TryOut
from .filter_scores import begin_cards


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    gate("membership.pass_filter").add(filter_rules.passes)
    gate("membership.fail_filter").add(filter_rules.fails)
    after("nominationround.close_nominations", score_nominations)
    after("membership.pass_filter", let_pass)
    after("membership.fail_filter", turn_down)
    after("membership.veto", drop)
    after("membership.withdraw", drop)
    after("filterversion.try_out", keep_tryout)
    after("filterversion.publish", score_waiting)


def score_nominations(of: NominationRound, entry: LogEntry) -> None:
    """Every nomination of the round gets its scorecard, and the program manager is asked to score it."""
    begin_cards(of.memberships.filter(status=MembershipStatus.NOMINATED), by=clock())


def let_pass(membership: Membership, entry: LogEntry) -> None:
    settle(membership, entry, "let_pass")


def turn_down(membership: Membership, entry: LogEntry) -> None:
    settle(membership, entry, "turn_down")


def drop(membership: Membership, entry: LogEntry) -> None:
    settle(membership, entry, "drop")


def settle(membership: Membership, entry: LogEntry, name: str) -> None:
    """The scorecard of a nomination goes with it, where there is one that this step is open for."""
    live = (ScorecardStatus.OPEN, ScorecardStatus.CONFIRMED)
    card = Scorecard.objects.filter(membership=membership, status__in=live).first()
    if card is not None:
        perform(card, name if card.find(name) else "drop", by=clock(), seen=None, inside=entry)


def keep_tryout(version: FilterVersion, entry: LogEntry) -> None:
    """What the draft as it stands now would have made of the past decisions, kept with who looked (M15)."""
    found = backtest(version, Scorecard.objects.decided())
    TryOut.objects.create(
        version=version, at_version=version.version, by=entry.by, decisions=len(found.decisions),
        to_pass=[one.scorecard.pk for one in found.to_pass], to_fail=[one.scorecard.pk for one in found.to_fail],
        unsaid=[one.scorecard.pk for one in found.unsaid],
    )  # fmt: skip


def score_waiting(version: FilterVersion, entry: LogEntry) -> None:
    """Nominations whose round is being filtered, and which no filter was there for, are scored by this one."""
    filtering = NominationRound.objects.filter(status=RoundStatus.FILTERING).order_by().values("pk")
    begin_cards(Membership.objects.filter(status=MembershipStatus.NOMINATED, round__in=filtering), by=clock())
