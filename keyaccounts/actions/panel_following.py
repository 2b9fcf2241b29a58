"""What follows from the steps of panels and memberships, in the same transaction (K-14 to K-20, feature 71)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from acr_program.people.models import User
from acr_program.workflow.book import click, clock, current, for_many, once
from acr_program.workflow.edit import begin, begin_many
from acr_program.workflow.locks import lock_roots
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform, perform_many
from acr_program.workflow.registry import after, gate
from acr_program.workflow.steps import Need

from ..choices_panel import (
    INCUBATES,
    LIVE_REVIEWS,
    BallotStatus,
    Outcome,
    PanelKind,
    ReviewStatus,
    SessionStatus,
)
from ..models import Ballot, Membership, PanelReview, PanelSession, Tier
from .panel import by_rule


def wait_for_panel(membership: Membership, entry: LogEntry) -> None:
    """An account whose incubation is over waits for a panel that looks at it."""
    begin(PanelReview(membership=membership, kind=PanelKind.ENTRY), by=entry.by)


def wait_for_re_review(membership: Membership, entry: LogEntry) -> None:
    begin(PanelReview(membership=membership, kind=PanelKind.RE_REVIEW), by=entry.by)


def open_reviews(session: PanelSession, entry: LogEntry) -> None:
    """Recusals by rule are written down, packets frozen, and each member who may vote is asked for each account."""
    agenda = session.on_agenda
    roots = [review.membership_id for review in agenda]
    lock_roots(PanelReview, roots, current())
    for review in agenda:
        by_rule(review, by=clock(), entry=entry)
    reviews = perform_many(
        session.reviews.filter(status=ReviewStatus.SCHEDULED).prefetch_related("recusals"), "open", by=clock(), inside=entry
    )  # fmt: skip
    ask(reviews, {review.pk: review.eligible for review in reviews})  # as read under the lock


def ask(reviews: list[PanelReview], eligible: dict[int, list[Any]]) -> None:
    """A ballot for each of these who may vote."""
    begin_many([Ballot(review=review, member=one) for review in reviews for one in eligible[review.pk]], by=clock())


def member_added(session: PanelSession, entry: LogEntry) -> None:
    """One more votes on whatever is still voted on, except where they are in conflict."""
    session.members.add(entry.detail.data["person"])
    rows = session.reviews.filter(status=ReviewStatus.VOTING).select_related(*PanelReview.READS)
    reviews = list(rows.prefetch_related("recusals", "ballots"))
    prefetch_related_objects([session], "members")
    lock_roots(PanelReview, [review.membership_id for review in reviews], current())
    for review in reviews:
        review.session = session
        by_rule(review, by=clock(), entry=entry)
    asked = {review.pk: {ballot.member_id for ballot in review.ballots.all()} for review in reviews}
    ask(reviews, {review.pk: [one for one in review.eligible if one.pk not in asked[review.pk]] for review in reviews})


def end_ballots(review: PanelReview, entry: LogEntry) -> None:
    """No vote is taken any more."""
    perform_many(review.ballots.filter(status=BallotStatus.ASKED), "lapse", by=clock(), inside=entry)


def carry_out(session: PanelSession, entry: LogEntry) -> None:
    """Every decision takes effect, all in one transaction: where one cannot, none does."""
    decided = session.reviews.filter(status=ReviewStatus.DECIDED)
    lock_roots(PanelReview, list(decided.values_list("membership", flat=True)), current())
    for review in decided.select_related("membership", "chair").order_by("membership"):
        chair = review.chair or session.chair
        perform(review.membership, review.outcome, by=chair, seen=None, inside=entry, **terms_of(review))
    perform_many(decided, "release", by=clock(), inside=entry)


def terms_of(review: PanelReview) -> dict[str, Any]:
    """What the step of the membership takes of the decision."""
    said = review.decision
    terms: dict[str, Any] = {"comment": said["reason"]}
    if review.outcome == Outcome.QUALIFY:
        terms["tier"] = once(f"tier {said['tier']}", lambda: Tier.objects.get(pk=said["tier"]))
    elif review.outcome in INCUBATES:
        terms |= {"missing": said["missing"], "money": Decimal(said["money"]), "days": Decimal(said["days"])}
    elif review.outcome == Outcome.DOWN_TIER:
        terms["handover"] = said["handover"]
    return terms


def agenda_off(session: PanelSession, entry: LogEntry) -> None:
    """The accounts of a panel that is cancelled wait for another."""
    rows = session.reviews.filter(status=ReviewStatus.SCHEDULED)
    lock_roots(PanelReview, list(rows.values_list("membership", flat=True)), current())
    perform_many(rows, "take_off", by=clock(), inside=entry)


def membership_withdrawn(membership: Membership, entry: LogEntry) -> None:
    """Whoever takes no part any more is not decided on."""
    for review in membership.panel_reviews.filter(status__in=LIVE_REVIEWS):
        perform(review, "withdraw", by=clock(), seen=None, inside=entry, comment=entry.comment)


def managers_changed(accounts: list[Account], entries: list[LogEntry]) -> None:
    """A member who manages an account from now on is recused from what is voted on."""
    inside = {one.pk: entry for one, entry in zip(accounts, entries, strict=True) if "manager" in entry.changed}
    if inside:
        rows = PanelReview.objects.filter(membership__account__in=inside)
        recuse_by_rule(rows, lambda review: inside[review.membership.account_id])


@for_many(managers_changed)
def manager_changed(account: Account, entry: LogEntry) -> None:
    managers_changed([account], [entry])


def leader_changed(person: User, entry: LogEntry) -> None:
    """A member who leads the manager of an account from now on is recused from what is voted on."""
    if "reports_to" not in entry.changed:
        return
    with click():
        recuse_by_rule(PanelReview.objects.filter(membership__account__manager=person), lambda _review: entry)


def recuse_by_rule(rows: Any, inside: Callable[[PanelReview], LogEntry]) -> None:
    found = rows.filter(status=ReviewStatus.VOTING).select_related(*PanelReview.READS).order_by("membership")
    for review in found.prefetch_related("recusals"):
        lock_roots(PanelReview, [review.membership_id], current())
        by_rule(review, by=clock(), entry=inside(review))


TOGETHER = _("The panel decides it, and its decisions are released together.")


def awaits_release(sentence: str) -> bool:
    """Whether this is all that keeps a step from being taken: that its panel has not released it yet."""
    return sentence == str(TOGETHER)


def decided_so(outcome: Outcome) -> Need:
    """Only what a panel decided is carried out, and only with all else that it decided."""

    def holds(membership: Membership) -> bool:
        decided = [review for review in membership.panels if review.status == ReviewStatus.DECIDED]
        return any(one.outcome == outcome and one.session.status == SessionStatus.RELEASED for one in decided)

    return Need(TOGETHER, holds)


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    after("membership.call_panel", wait_for_panel)
    after("membership.open_re_review", wait_for_re_review)
    after("membership.withdraw", membership_withdrawn)
    after("panelsession.open_voting", open_reviews)
    after("panelsession.add_member", member_added)
    after("panelsession.release", carry_out)
    after("panelsession.cancel", agenda_off)
    after("panelreview.decide", end_ballots)
    after("panelreview.withdraw", end_ballots)
    after("account.edit", manager_changed)
    after("user.edit", leader_changed)
    for outcome in Outcome:
        gate(f"membership.{outcome.value}").add(decided_so(outcome))
