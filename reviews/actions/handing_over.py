"""Accounts get another manager: their reviews under way, and what waits for their representatives, go along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Account
from acr_program.outbox.post import post
from acr_program.outbox.render import absolute
from acr_program.people.models import User
from acr_program.workflow.book import for_many
from acr_program.workflow.edit import edit_many
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation

from ..choices import ApprovalStatus, ContributionStatus
from ..models import Approval, FollowUp, InformationRequest, ReviewRequest

LISTED = 100  # accounts that one mail names
MOVED = (ReviewRequest, InformationRequest, FollowUp)
type Moved = ReviewRequest | InformationRequest | FollowUp


class Handed(NamedTuple):
    """One account of a mail, with its reviews under way."""

    account: Account
    reviews: list[ReviewRequest]


def follow_managers(accounts: list[Account], entries: list[LogEntry]) -> None:
    """Open reviews go to the new managers, closed ones keep whoever held the meeting; the same queries for one or many."""
    pairs = zip(accounts, entries, strict=True)
    before = {account.pk: {entry.changed["manager"][0]} for account, entry in pairs if "manager" in entry.changed}
    given = {account.pk: account for account in accounts if account.pk in before and account.manager is not None}
    if not given:
        return
    others = ReviewRequest.objects.live().filter(account__in=given).exclude(rep=F("account__manager"))
    moved = list(others.order_by("meeting_on", "pk"))
    check_decides_none(given, moved)
    for request in moved:
        before[request.account_id].add(request.rep_id)
    by, why = entries[0].by, _("The account has a new manager.")
    wanted = [(request, {"rep": given[request.account_id].manager}) for request in moved]
    edit_many(wanted, by=by, comment=why)
    slots = slots_of(moved)
    edit_many([(slot, {"contributor": given[slot.account_id].manager}) for slot in slots], by=by, comment=why)
    undertaken = undertaken_by({account: before[account] for account in given})
    owners = {one.pk: one.owner for one in undertaken}
    edit_many([(one, {"owner": given[one.account_id].manager}) for one in undertaken], by=by, comment=why)
    hand_over(given, [*moved, *slots, *undertaken], before)
    tell_givers(undertaken, owners, entries[0])


@for_many(follow_managers)
def follow_manager(account: Account, entry: LogEntry) -> None:
    follow_managers([account], [entry])


def slots_of(moved: list[ReviewRequest]) -> list[InformationRequest]:
    """The parts that a representative writes are the new one's to write, as far as they are not settled."""
    settled = [ContributionStatus.ACCEPTED, ContributionStatus.WAIVED, ContributionStatus.WITHDRAWN]
    slots = InformationRequest.objects.filter(request__in=moved, section__slot=True).exclude(status__in=settled)
    return list(slots.exclude(contributor=F("request__account__manager")).select_related("request").order_by("pk"))


def undertaken_by(before: dict[int, set[int | None]]) -> list[FollowUp]:
    """What those before undertook for the customers and have not done; what others undertook stays theirs."""
    theirs = {account: people - {None} for account, people in before.items()}
    rows = FollowUp.objects.still_open().filter(account__in=theirs, owner__in=set().union(*theirs.values()))
    rows = (
        rows.exclude(owner=F("account__manager")).select_related("account__manager", "owner").order_by("due_on", "pk")
    )
    return [one for one in rows if one.owner_id in theirs[one.account_id]]


def deciders(accounts: Collection[int]) -> dict[tuple[int, int], str]:
    """Who is just now asked to approve a review of these accounts, so that they are given none of them (M8), and why."""
    asked = Approval.objects.filter(request__account__in=accounts, status=ApprovalStatus.PENDING)
    words = _("%(name)s is asked to approve %(review)s, and nobody approves their own: choose somebody else, or wait.")
    return {
        (approval.request.account_id, approval.approver_id): words
        % {"name": approval.approver, "review": approval.request}
        for approval in asked.select_related("approver", "request__account", "request__year").order_by("-pk")
    }


def check_decides_none(given: dict[int, Account], moved: list[ReviewRequest]) -> None:
    """Nobody is given a review that they are to approve."""
    shut = deciders({request.account_id for request in moved}) if moved else {}
    for account in given.values():
        if sentence := shut.get((account.pk, account.manager_id or 0)):
            raise Refused(sentence)


def hand_over(given: dict[int, Account], moved: list[Moved], before: dict[int, set[int | None]]) -> None:
    """What waited for a representative before waits for the new one; what they waited for, the new one waits for."""
    kinds = {model: ContentType.objects.get_for_model(model).pk for model in MOVED}
    keys = {(kinds[type(row)], row.pk) for row in moved}
    rows = Obligation.objects.open().filter(account_id__in=given)
    of_moved = Q(content_type__in=kinds.values(), object_id__in={pk for _kind, pk in keys})
    changed = []
    for row in rows.filter(Q(waiter__isnull=False) | of_moved):
        account = row.account_id or 0
        new, old = given[account].manager, before[account] - {None}
        theirs = (row.content_type_id, row.object_id) in keys and row.person_id in old
        if theirs:
            row.person = new
        if waits := row.waiter_id in old:
            row.waiter = new
        if theirs or waits:
            changed.append(row)
    Obligation.objects.bulk_update(changed, ["person", "waiter"], batch_size=500)


def tell_managers(accounts: list[Account], entries: list[LogEntry]) -> None:
    """One mail for each new manager: what is theirs from now on, and what is asked of them in it."""
    of_manager: dict[User, list[tuple[Account, LogEntry]]] = defaultdict(list)
    for account, entry in zip(accounts, entries, strict=True):
        if account.manager and account.manager_id != entry.by_id:
            of_manager[account.manager].append((account, entry))
    if not of_manager:
        return
    pks = [account.pk for account in accounts]
    live = ReviewRequest.objects.live().filter(account__in=pks, rep=F("account__manager"))
    reviews: dict[int, list[ReviewRequest]] = defaultdict(list)
    for review in live.select_related("account", "year").order_by("meeting_on", "pk"):
        reviews[review.account_id].append(review)
    for person, pairs in of_manager.items():
        tell(person, [Handed(account, reviews[account.pk]) for account, _entry in pairs], pairs[0][1])


@for_many(tell_managers)
def tell_manager(account: Account, entry: LogEntry) -> None:
    tell_managers([account], [entry])


def tell(person: User, handed: list[Handed], entry: LogEntry) -> None:
    """Of one account it is a mail about it; of many, about their manager, with the way to the list of them."""
    first = handed[0].account
    about, several = (person, {"url": their_list(person)}) if len(handed) > 1 else (first, {})
    reviews = [review for one in handed for review in one.reviews]
    given = {"by_name": entry.by_name, "accounts": handed[:LISTED], "more": max(0, len(handed) - LISTED)}
    waiting = {"reviews": reviews, "waiting": what_waits(reviews, person, [one.account for one in handed])[:LISTED]}
    key = f"handover-{first.pk}-{entry.version}"
    post(about, key=key, to=[person], template="handover", context=given | waiting | several | {"n": len(handed)})


def tell_givers(undertaken: list[FollowUp], owners: dict[int, User], entry: LogEntry) -> None:
    """One mail to each who had undertaken something: somebody else does it now, whom they can tell what they know."""
    theirs: dict[User, list[FollowUp]] = defaultdict(list)
    for one in undertaken:
        if owners[one.pk].pk != entry.by_id:
            theirs[owners[one.pk]].append(one)
    for person, rows in theirs.items():
        given = {
            "by_name": entry.by_name,
            "follow_ups": rows[:LISTED],
            "more": max(0, len(rows) - LISTED),
            "n": len(rows),
        }
        mine = {"url": absolute(f"{reverse('reviews:follow-ups')}?state=live&whose=mine")}
        key = f"handed-on-{rows[0].pk}-{entry.version}"
        post(rows[0].account, key=key, to=[person], template="handed_on", context=given | mine)


def their_list(person: User) -> str:
    return absolute(f"{reverse('accounts:accounts')}?{urlencode({'manager': person.name})}")


def what_waits(reviews: list[ReviewRequest], new: User, accounts: list[Account]) -> list[Obligation]:
    """What is asked of the new manager in the reviews, and what was undertaken for the customers, soonest first."""
    kinds = ContentType.objects.get_for_models(ReviewRequest, FollowUp)
    asked = Q(content_type=kinds[ReviewRequest], object_id__in=[request.pk for request in reviews])
    undertaken = Q(content_type=kinds[FollowUp], account_id__in=[account.pk for account in accounts])
    return list(Obligation.objects.open().filter(asked | undertaken, person=new).order_by("due_at", "pk"))
