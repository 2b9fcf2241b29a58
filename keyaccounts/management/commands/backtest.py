"""A version of the first filter on past decisions: `manage.py backtest 3`, `manage.py backtest draft` (K-09, M15)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from keyaccounts.choices_filter import FilterStatus
from keyaccounts.filter_backtest import BackTest, Decision, backtest
from keyaccounts.models import FilterVersion, Scorecard


class Command(BaseCommand):
    help = "Lists which past decisions would flip under a version of the first filter, and counts the others; changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("filter", help="The version’s number, “draft”, or “published” for the one in force.")
        parser.add_argument(
            "--all", action="store_true", help="The others as well: of which it cannot be said, and that stay."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = backtest(version_of(options["filter"]), Scorecard.objects.decided())
        for line in said(found, options["all"]):
            self.stdout.write(line)


def version_of(named: str) -> FilterVersion:
    rows = FilterVersion.objects.all()
    if named in (FilterStatus.DRAFT, FilterStatus.PUBLISHED):
        found = rows.filter(status=named).first()
    else:
        found = rows.filter(number=int(named)).first() if named.isdecimal() else None
    if found is None:
        raise CommandError(f"There is no such version of the first filter: “{named}”.")
    return found


def said(found: BackTest, everything: bool) -> list[str]:
    """The counts, then the flips, line by line: + would pass now, - would fail now; of the others ? cannot be said, = stays."""
    unsaid = f"{len(found.unsaid)} cannot be said" + ("" if everything or not found.unsaid else " (--all lists them)")
    counts = f"{len(found.to_pass)} would pass now, {len(found.to_fail)} would fail now, {unsaid}, {found.same} stay"
    lines = [f"{found.version}: {len(found.decisions)} past decisions, {counts}."]
    lines += [line_of("+", one) for one in found.to_pass]
    lines += [line_of("-", one) for one in found.to_fail]
    if everything:
        lines += [line_of("?", one) for one in found.unsaid]
        flipped = {one.scorecard.pk for one in [*found.to_pass, *found.to_fail, *found.unsaid]}
        lines += [line_of("=", one) for one in found.decisions if one.scorecard.pk not in flipped]
    return lines


def line_of(sign: str, one: Decision) -> str:
    membership = one.scorecard.membership
    return f"{sign} {membership.account.name} ({membership.round}): {one.then} → {one.now}"
