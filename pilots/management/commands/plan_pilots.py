"""The coverage plan of a wave: `manage.py plan_pilots 3 --explain`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pilots.models import PilotWave
from pilots.plan_words import gaps_said, one_more_said, proof_said, reason_said, room_said, summary
from pilots.planned import Planned, planned
from pilots.planning.plan import SECONDS


class Command(BaseCommand):
    help = "Prints the smallest set of pilots that covers what a wave requires, as its page shows it; changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("wave", help="The wave’s number, as in its address, or its name.")
        parser.add_argument("--explain", action="store_true", help="Why each candidate is in the plan or not.")
        parser.add_argument("--anew", action="store_true", help="As if nobody were selected yet.")
        parser.add_argument(
            "--seconds", type=float, default=SECONDS, help="How long it may look; then it says what is open."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = planned(wave_of(options["wave"]), anew=options["anew"], seconds=options["seconds"])
        for line in said(found, options["explain"]):
            self.stdout.write(line)


def wave_of(said: str) -> PilotWave:
    by_name = PilotWave.objects.filter(name=said).first()
    wave = by_name or (PilotWave.objects.filter(pk=int(said)).first() if said.isdecimal() else None)
    if wave is None:
        raise CommandError(f"There is no wave “{said}”.")
    return wave


def said(found: Planned, explain: bool) -> list[str]:
    """The plan, line by line."""
    plan = found.plan
    lines = [summary(plan), *room_said(found), ""]
    reasons = plan.reasons if explain else plan.reasons[: len(plan.pilots)]
    lines += [
        f"{'+' if reason.candidate in plan.pilots else '-'} {reason.candidate.name}"
        f"{f' ({reason.candidate.number})' if reason.candidate.number else ''}: {reason_said(reason)}"
        for reason in reasons
    ]
    if explain:
        lines += [f"  {one.candidate.account.name}: {one.why}" for one in found.aside]
    lines += ["", *gaps_said(found)]
    return [*lines, f"One more pilot: {one_more_said(plan.one_more)}", proof_said(plan)]
