"""Proves that nobody has touched the log."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from acr_program.workflow.log import LogEntry
from acr_program.workflow.seals import verify


class Command(BaseCommand):
    help = "Check every chain, detail, object and seal of the log, and name each row that is not as it was written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anchor", default="", help="head of a seal that was kept outside the database")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(verify(options["anchor"]))
        for sentence in faults:
            self.stderr.write(sentence)
        if faults:
            raise CommandError(f"The log has {len(faults)} faults.")
        self.stdout.write(f"All {LogEntry.objects.count()} rows of the log are as they were written.")
