"""What follows from the steps of waves, candidates and accounts, in the same transaction (P-01, P-08, P-09, P-15)."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Account
from acr_program.charter import lines
from acr_program.charter.models import ConcludedWave
from acr_program.jobs.clock import duty
from acr_program.workflow.book import Book, click, clock, for_many
from acr_program.workflow.derived import derive_anew, derives_from
from acr_program.workflow.edit import edit_many
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform, perform_many

from ..choices import LIVE, TO_CHOOSE, CandidateStatus, Tier, WaveStatus
from ..models import PilotCandidate, PilotWave
from ..planned import with_elsewhere
from ..scorecard import FACTS, fact_against


def start_pilots(wave: PilotWave, entry: LogEntry) -> None:
    """With the launch every selected candidate becomes an active pilot."""
    perform_many(wave.candidates.filter(status=CandidateStatus.SELECTED), "start", by=clock(), inside=entry)


def judge_anew(wave: PilotWave, entry: LogEntry) -> None:
    """Scorecards and places follow the newer criteria; whoever has something to say by them is asked (P-05)."""
    with click() as book:
        for candidate in derive_anew(wave.candidates.filter(status__in=TO_CHOOSE).with_cards()):
            if candidate.status == CandidateStatus.PROPOSED:
                ask_anew(candidate, book)


def ask_anew(candidate: PilotCandidate, book: Book) -> None:
    """The two persons concerned are asked for what their scorecard lacks now, and for nothing else."""
    book.close(candidate)
    for awaited in candidate.BEGINS_AWAITS:
        book.open(candidate, awaited)


def select_planned(wave: PilotWave, entry: LogEntry) -> None:
    """Those of the plan are selected, and whoever was selected and is not in it can be chosen anew (M9)."""
    wanted = set(entry.detail.data["pilots"])
    free = dict(
        wave.candidates.filter(status__in=[CandidateStatus.QUALIFIED, CandidateStatus.SELECTED]).values_list(
            "pk", "status"
        )
    )
    for name, those in (
        ("deselect", [pk for pk, status in free.items() if status == CandidateStatus.SELECTED and pk not in wanted]),
        ("select", [pk for pk, status in free.items() if status == CandidateStatus.QUALIFIED and pk in wanted]),
    ):
        if those:
            rows = with_elsewhere(wave.candidates.filter(pk__in=those)).with_cards()
            perform_many(rows, name, by=entry.by, inside=entry)


def start_at_once(candidate: PilotCandidate, entry: LogEntry) -> None:
    """Promoted in a wave that runs, it does not wait for another launch."""
    if candidate.wave.status == WaveStatus.RUNNING:
        perform(candidate, "start", by=clock(), seen=None, inside=entry)


def end_reserve(wave: PilotWave, entry: LogEntry) -> None:
    """What was held in reserve is not needed any more once no pilot can join."""
    rows = wave.candidates.filter(status=CandidateStatus.RESERVE)
    perform_many(rows, "withdraw", by=clock(), inside=entry, comment=_("No pilot joins the wave any more."))


def into_the_charter(wave: PilotWave, entry: LogEntry) -> None:
    """The decision stands among the waves that are over: by it the program is rolled out, or not (P-01)."""
    said: dict[str, Any] = {
        "name": wave.name, "outcome": wave.outcome, "findings": "; ".join(wave.left_open.get("findings", ()))[:4000],
        "concluded_on": localdate(),
    }  # fmt: skip
    lines.keep(ConcludedWave(), by=entry.by, **said)


def fact_turned(account: Account, entry: LogEntry) -> None:
    """What is on file says something else: scorecards follow, and an active pilot is flagged at once (P-08, P-09)."""
    rows = PilotCandidate.objects.filter(account=account, status__in=LIVE)
    derive_anew(rows)
    pilot = rows.filter(status=CandidateStatus.ACTIVE).first()
    begun = newly_against(account, entry)
    if pilot is not None and begun is not None:
        known = fact_against(begun)
        words = _("%(what)s: %(source)s") % {"what": known.words, "source": known.source}
        perform(pilot, "raise_flag", by=clock(), seen=None, inside=entry, words=words)


def newly_against(account: Account, entry: LogEntry) -> Any:
    """The fact that this change said, where it is one that keeps an account out of a pilot and still holds."""
    before, now = entry.changed["fact"]
    if before is not None or now["kind"] not in FACTS.values():
        return None
    return account.facts.filter(kind=now["kind"], ended_on=None).select_related("said_by").first()


def account_closed(account: Account, entry: LogEntry) -> None:
    """A closed account is no pilot any more, for the reason that closed it."""
    pilots = [CandidateStatus.SELECTED, CandidateStatus.RESERVE, CandidateStatus.ACTIVE]
    for pilot in PilotCandidate.objects.filter(account=account, status__in=pilots):
        perform(pilot, "withdraw", by=clock(), seen=None, inside=entry, comment=entry.comment)


@duty("let candidates follow the age of their accounts", at=time(0, 20))
def grow_older(_moment: object = None) -> int:
    """Each night some account is a customer for more than a year: the places of its candidates follow (P-10)."""
    with click():
        return len(derive_anew(PilotCandidate.objects.filter(status__in=TO_CHOOSE, tier=Tier.FAILS).with_cards()))


def follow_managers(accounts: list[Account], entries: list[LogEntry]) -> None:
    """A candidate goes with its account: its new manager is judged anew, and a pilot that runs is flagged (P-15)."""
    pairs = zip(accounts, entries, strict=True)
    given = {account.pk: (account, entry) for account, entry in pairs if "manager" in entry.changed and account.manager}
    if not given:
        return
    rows = PilotCandidate.objects.filter(account__in=given, status__in=LIVE).exclude(manager=F("account__manager"))
    with click() as book:
        wanted = [(one, {"manager": given[one.account_id][0].manager}) for one in rows]
        moved = edit_many(wanted, by=entries[0].by, comment=_("The account has a new manager."))
        for candidate in moved:
            if candidate.status == CandidateStatus.PROPOSED:
                ask_anew(candidate, book)
            elif candidate.status == CandidateStatus.ACTIVE:
                words = _("The account has another manager: %(name)s.") % {"name": candidate.manager.name}
                entry = given[candidate.account_id][1]
                perform(candidate, "raise_flag", by=clock(), seen=None, inside=entry, words=words)


@for_many(follow_managers)
def follow_manager(account: Account, entry: LogEntry) -> None:
    follow_managers([account], [entry])


def register() -> None:
    """What lists of candidates are narrowed by follows the account."""
    derives_from(
        Account, "name", "code", "business_unit", "theater", "country", "customer_since", name="candidates",
        rows=lambda pks: PilotCandidate.objects.filter(account__in=pks, status__in=LIVE),
    )  # fmt: skip
