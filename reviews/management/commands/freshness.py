"""What will be stale on a day: `manage.py freshness --as-of 2027-04-15`."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate

from reviews.pages.library_page import stale_by


class Command(BaseCommand):
    help = "Lists the standard texts in use that will be stale on a day, unless somebody says before that they hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, help="The day, as 2027-04-15; today unless it is said.")

    def handle(self, *args: Any, **options: Any) -> None:
        day = options["as_of"] or localdate()
        found = list(stale_by(day))
        for revision in found:
            owner = revision.item.owner
            until = f"fresh until {revision.fresh_until}" if revision.fresh_until else "never confirmed"
            self.stdout.write(f"{revision.item}: {until}; {owner.name if owner else 'nobody'} answers for it.")
        self.stdout.write(f"{len(found)} stale on {day}." if found else f"Every text in use is fresh on {day}.")
