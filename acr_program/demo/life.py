"""Lives the demo year: stories take turns under a travelled clock, and the program's own clock ticks each working day."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime, time, timedelta
from itertools import count
from random import Random

import time_machine
from django.db.models import Q
from django.utils.timezone import get_default_timezone, make_aware, now

from accounts.choices import AccountStatus
from accounts.models import Account
from acr_program.charter.choices import YearStatus
from acr_program.charter.models import ProgramYear
from acr_program.jobs.clock import tick
from acr_program.jobs.work import drain
from acr_program.people.models import User
from acr_program.workflow.days import is_working
from acr_program.workflow.obligations import Obligation
from reviews.choices import Audience
from reviews.choices import RequestStatus as S

from .charter import letters, show_an_example
from .keyed import keyed
from .known import tell
from .orders import OrderSystem, quarter_of
from .piloting import piloting
from .promises import take_over
from .stories import Story, rests, review, risk
from .touching import quarters
from .voices import voices
from .world import make_absences, make_accounts, make_company

DAYS, MONDAY = 365, 0
RESTS = {
    1: S.DRAFT,
    2: S.SUBMITTED,
    3: S.SUBMITTED,
    8: S.IN_APPROVAL,
    9: S.IN_APPROVAL,
    11: S.IN_APPROVAL,
    12: S.PRINTING,
    14: S.MET,
}
REVIEWS, RECENT = 42, 16


def live(say: Callable[[str], None]) -> None:
    """A year of history that ends now, the same for the same day on every machine (seed 1)."""
    chance, ends = Random(1), now()  # noqa: S311 (a demo, not a secret)
    begins = make_aware(datetime.combine(ends.date() - timedelta(days=DAYS), time(9)), get_default_timezone())
    with time_machine.travel(begins, tick=False) as traveller:
        people = make_company(begins.date())
        accounts = make_accounts(people, chance, begins.date())
        say(f"{len(people)} people and {len(accounts)} accounts are there; now their year.")
        now_quarter = quarter_of(begins.date())
        orders = OrderSystem(accounts, now_quarter - 8, people["Owen Castellane"])
        orders.hand_over(range(now_quarter - 8, now_quarter), begins.date())
        tell(accounts, people, begins.date())
        run(plan(accounts, people, chance, begins), orders, ends, traveller, say)
        orders.hand_over([quarter_of(ends.date())], ends.date())
    make_absences(people, ends.date())
    show_an_example(people["Owen Castellane"])
    drain()


def plan(
    accounts: list[Account], people: dict[str, User], chance: Random, begins: datetime
) -> list[tuple[datetime, int, Story]]:
    """When each story begins: reviews spread over the year, and a season of them in its last weeks."""
    year = ProgramYear.objects.get(status=YearStatus.RUNNING)
    admins = [people["Priya Raghunathan"], people["Tomasz Wielgosz"]]
    number, agenda = count(), []
    ready = [a for a in accounts if a.status == AccountStatus.ACTIVE and a.manager]
    chosen = chance.sample(ready, min(REVIEWS, len(ready)))
    audiences = [Audience.OPERATIONAL if chance.random() < 0.25 else Audience.EXECUTIVE for _account in chosen]
    known = list(zip(chosen, audiences, strict=True))
    take_over(known[::2], ProgramYear.objects.get(status=YearStatus.CLOSED), people, begins.date())
    for place, (account, audience) in enumerate(known):
        early = len(chosen) - RECENT
        days = 300 * place / early if place < early else DAYS - 42 * (len(chosen) - place) / RECENT
        story = review(account, year, audience, chance.choice(admins), chance, slow=chance.random() < 0.2)
        if place >= early and (state := RESTS.get(len(chosen) - place)):
            story = rests(story, account, state)
        agenda.append((begins + timedelta(days=max(3, days), hours=chance.uniform(0, 8)), next(number), story))
    for place, account in enumerate(chance.sample(ready, 3)):
        when = begins + timedelta(days=chance.randint(60, 340))
        agenda.append((when, next(number), risk(account, chance, recovers=place != 0)))
    agenda.append((begins + timedelta(days=80), next(number), voices(Random(640))))  # noqa: S311 (a story)
    agenda.append((begins + timedelta(days=310), next(number), piloting(ready, people, Random(81))))  # noqa: S311 (a story)
    agenda.append((begins + timedelta(days=4), next(number), keyed(ready, people, Random(65))))  # noqa: S311 (a story)
    ends = begins + timedelta(days=DAYS)
    agenda += [(when, next(number), story) for when, story in quarters(people, begins, ends)]
    agenda.append((begins + timedelta(days=1), next(number), letters(year, people["Owen Castellane"])))
    heapq.heapify(agenda)
    return agenda


def run(
    agenda: list[tuple[datetime, int, Story]],
    orders: OrderSystem,
    ends: datetime,
    traveller: time_machine.Traveller,
    say: Callable[[str], None],
) -> None:
    """Take the next act of whichever story is due; before it, whatever the days between had the clock do.

    Each month that begins is said: loading takes minutes, and whoever waits reads how far it is.
    """
    ticked = now()
    while agenda and agenda[0][0] < ends:
        moment, number, story = heapq.heappop(agenda)
        moment = max(in_hours(moment), now())
        if moment >= ends:
            continue
        while ticked.date() < moment.date():
            ticked += timedelta(days=1)
            if ticked.day == 1:
                say(f"  {ticked:%B %Y}")
            if quarter_of(ticked.date()) != quarter_of(ticked.date() - timedelta(days=1)):
                traveller.move_to(ticked)
                orders.hand_over([quarter_of(ticked.date()) - 1], ticked.date())
            if is_working(ticked.date()):
                traveller.move_to(ticked)
                if ticked.weekday() == MONDAY or somebody_is_to_be_reminded():
                    tick()
        traveller.move_to(moment)
        wait = next(story, None)
        drain()
        if wait is not None:
            heapq.heappush(agenda, (moment + wait, number, story))


def somebody_is_to_be_reminded() -> bool:
    """Whether the clock has more to do today than on any day; else it need not be asked."""
    return Obligation.objects.open().filter(Q(remind_at__lte=now()) | Q(escalate_at__lte=now())).exists()


def in_hours(moment: datetime) -> datetime:
    """The same moment, or the next one in which people work: weekdays, from eight to six."""
    moment = moment if moment.hour >= 8 else moment.replace(hour=8)
    if moment.hour >= 18:
        moment = (moment + timedelta(days=1)).replace(hour=8)
    while not is_working(moment.date()):
        moment = (moment + timedelta(days=1)).replace(hour=9)
    return moment
