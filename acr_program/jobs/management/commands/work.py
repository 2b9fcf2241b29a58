from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from acr_program.jobs import clock, work


class Command(BaseCommand):
    help = "Works every job that is due, in this process, until nothing is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kinds", nargs="*", help="Only these kinds, e.g. outbox.Message.")
        parser.add_argument("--limit", type=int, default=100_000, help="Stop after so many jobs.")
        parser.add_argument("--tick", action="store_true", help="Run the clock's due duties first.")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["tick"]:
            for name in clock.tick():
                self.stdout.write(f"Ran {name}.")
        done = work.drain(options["kinds"] or None, limit=options["limit"])
        self.stdout.write(f"Worked {done} jobs.")
