"""P14: reminders and deadlines, each once and none for closed work, through a year of the clock with its changes and faults."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.db.models import QuerySet
from django.test import override_settings
from django.utils.timezone import localdate, now

from accounts.models import Account
from acr_program.jobs import clock
from acr_program.jobs.models import State
from acr_program.outbox.choices import Course, Way
from acr_program.outbox.models import Choice, Message
from acr_program.people.models import User
from acr_program.workflow import clock as reminding
from acr_program.workflow.obligations import Obligation
from tests.factories import make_user, take

from .company import accounts_of, found
from .switched import instead
from .tally import Tally
from .world import Worlds

SAYS = (
    "each reminder and each escalation that is due goes once, none for closed work, and what a gap leaves comes grouped"
)
ZONE = ZoneInfo("Europe/Berlin")
CHANGES = (date(2027, 3, 28), date(2027, 10, 31))
BACK, AHEAD = date(2027, 5, 12), date(2027, 6, 9)  # the clock is put back by an hour, and jumps ahead by three days
DEAD = date(2027, 9, 14)  # from noon the scheduler is dead for 72 hours
ABOUT = ("remind of what is due", "escalate what stays undone", "send the daily digests")
BOUND = 1  # mails of one kind to one person out of one run of the clock, however long it slept
COMMENT = "As it is."
WHEN = {"reminder": "remind_at", "escalation": "escalate_at"}
LINK = re.compile(r"/accounts/(\d+)/$", re.MULTILINE)


@dataclass
class Owed:
    """What one flagged account owes its leader, computed here and not by the program."""

    account: int
    remind_at: datetime
    escalate_at: datetime
    told: set[str] = field(default_factory=set)


@dataclass
class Year:
    """What stands while the year goes by, and what was counted in it."""

    leader: User
    managers: dict[int, User]
    tally: Tally
    owed: dict[int, Owed] = field(default_factory=dict)
    due: Counter[str] = field(default_factory=Counter)
    known: set[Any] = field(default_factory=set)
    runs: int = 0
    most: int = 0


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    with override_settings(TIME_ZONE=str(ZONE)):
        run(worlds, tally, rng, date(2028, 1, 1), 40 if full else 10, often=full)
        control = Tally(quiet=True)
        with forgetful():
            run(worlds, control, rng, date(2027, 2, 10), 8, often=False)
    tally.control(control, "the row that keeps what was done (last run in the memory of a process that restarts)")


def run(worlds: Worlds, tally: Tally, rng: random.Random, until: date, count: int, *, often: bool) -> None:
    """One world from the beginning of 2027 on; the program's own clock runs in this process, on the time it is told."""
    duties = (
        clock.registry if often else {name: clock.registry[name] for name in ABOUT}
    )  # the others tell nobody of this
    with (
        worlds.new() as world,
        instead(clock, registry=duties),
        time_machine.travel(at(date(2027, 1, 4), 7), tick=False) as told_time,
    ):
        company = found(world)
        leader = company.people["leader"]
        accounts = [account.pk for account in accounts_of(company, count)]
        reader = make_user("rep", name="Dora Digest", reports_to=leader, time_zone="America/New_York")
        Choice.objects.create(person=reader, kind="step", way=Way.DIGEST)
        Account.objects.filter(pk__in=accounts[::3]).update(manager=reader)
        year = Year(leader, {pk: company.people["rep"] if n % 3 else reader for n, pk in enumerate(accounts)}, tally)
        for moment in moments(until, often):
            told_time.move_to(moment)
            here = moment.astimezone(ZONE)
            if 9 <= here.hour < 18 and here.weekday() < 5 and here.minute == 5:
                something_happens(year, rng)
            clock.tick()
            judge(year, moment)
        tally.expect(year.due["reminder"] and year.due["escalation"], "Something was due.", year.due)
        tally.expect(year.most <= BOUND, "No run floods anybody.", year.most)
        digests(tally, reader)
        tally.say(
            f"{year.runs} runs of the clock to {until:%d %b %Y}: {year.due['reminder']} reminders and "
            f"{year.due['escalation']} escalations were due; at most {year.most} of one kind to one person in a run"
        )


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def moments(until: date, often: bool) -> Iterator[datetime]:
    """When the clock's beat comes: some times a day, each ten minutes about the changes and jumps, and not while it is dead."""
    day = date(2027, 1, 4)
    while day < until:
        if day in CHANGES:
            yield from (at(day, 0) + timedelta(minutes=10 * n) for n in range(24))
        if day == BACK:
            yield from (at(day, 7) + timedelta(minutes=10 * n) for n in range(10))
            yield from (at(day, 7, 30) + timedelta(minutes=10 * n) for n in range(10))  # it was half past eight already
        usual = [(hour, 5) for hour in range(9, 24)] if often else [(8, 5), (14, 5)] if day.weekday() < 5 else [(14, 5)]
        for hour, minute in usual:
            yield at(day, hour, minute)
        if day == DEAD:
            yield at(day, 15)
            day += timedelta(days=3)
            yield at(day, 15)
        day += timedelta(days=4 if day == AHEAD else 1)


def something_happens(year: Year, rng: random.Random) -> None:
    """Some accounts are flagged, and what others owe is settled: before its day, near it or long after."""
    for pk in rng.sample(sorted(year.managers), max(2, len(year.managers) // 8)):
        account = Account.objects.get(pk=pk)
        if year.owed.pop(pk, None):
            take(account, "recover", year.leader, comment=COMMENT)
        else:
            take(account, "flag_risk", year.leader, comment=COMMENT)
            year.owed[pk] = owed_since(pk, localdate())


def owed_since(account: int, day: date) -> Owed:
    """Due in five working days: reminded on the morning of the one before, told above on the morning of the second after."""
    return Owed(account, at(working_day(day, 4), 8), at(working_day(day, 7), 8))


def working_day(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def judge(year: Year, moment: datetime) -> None:
    """What this run wrote is what had come due and is still open: each once, together in one mail a person."""
    year.runs += 1
    rows = Message.objects.filter(created_at=moment, kind__in=(*WHEN, "digest")).exclude(pk__in=year.known)
    wrote = list(rows.values_list("pk", "kind", "address", "text"))
    year.known |= {pk for pk, *_rest in wrote}
    for kind, when in WHEN.items():
        due = [owed for owed in year.owed.values() if kind not in owed.told and getattr(owed, when) <= moment]
        for owed in due:
            owed.told.add(kind)
        year.due[kind] += len(due)
        told = Counter(int(pk) for _pk, of, _to, text in wrote if of == kind for pk in LINK.findall(text))
        if due or told:
            right = told == Counter(owed.account for owed in due)
            year.tally.expect(right, f"{moment:%d %b %H:%M}: each {kind} that is due, once.", (told, due))
    year.most = max([year.most, *Counter((kind, to) for _pk, kind, to, _text in wrote).values()])


def digests(tally: Tally, reader: User) -> None:
    """One a day where they live, with a line at least, and no line left behind for more than a day."""
    sent = list(Message.objects.filter(person=reader, kind="digest").order_by("created_at"))
    days = Counter(mail.created_at.astimezone(ZoneInfo(reader.time_zone)).date() for mail in sent)
    tally.expect(sent and max(days.values()) == 1, "A digest a day at most.", days.most_common(2))
    early = [mail.created_at for mail in sent if not ended_by(mail).filter(due_at__lte=mail.created_at).exists()]
    tally.expect(not early, "None before its hour has come since its first line was written.", early[:3])
    tally.expect(all(mail.lines.exists() for mail in sent), "None is empty.")
    old = Message.objects.filter(course=Course.DIGEST, state=State.QUEUED, created_at__lt=now() - timedelta(days=2))
    tally.expect(not old.exists(), "No line waits for longer than to the next.", old.count())
    tally.say(f"{len(sent)} digests on {len(days)} days")


def ended_by(mail: Message) -> QuerySet[Message]:
    """The lines that it took up, and those that it left out because what they told of was done meanwhile."""
    ends = (Course.DIGESTED, Course.LEFT_OUT)
    return Message.objects.filter(person=mail.person, course__in=ends, done_at=mail.created_at)


@contextmanager
def forgetful() -> Iterator[None]:
    """The control: what is due since the last run, which is kept in memory; the process restarts with each new day."""
    memory: dict[str, datetime] = {}

    def taken(when: str) -> list[Obligation]:
        last = memory.get(when)
        if last is None or last.date() != now().date():
            last = now()
        memory[when] = now()
        return list(Obligation.objects.open().filter(**{f"{when}__lte": now(), f"{when}__gt": last}))

    with instead(reminding, taken=taken):
        yield
