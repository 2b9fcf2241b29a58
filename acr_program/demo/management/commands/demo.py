"""Loads the demo company."""

from __future__ import annotations

import logging
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from acr_program.charter.models import Program
from acr_program.demo.life import live
from acr_program.demo.people import PASSWORD, SIGN_INS, address_of
from acr_program.people.models import User

NOWHERE = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}


class Command(BaseCommand):
    help = "Load the demo company with a year of history, into an empty database. Where there is a program already, keep it."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--who", action="store_true", help="only print who can sign in")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo company is for trying out: it has one known password. Production refuses it.")
        if not options["who"] and not Program.objects.exists():
            began = monotonic()
            self.say("Loading the demo company, a few minutes: a year is lived, and all its documents are rendered.")
            logging.getLogger("acr_program").setLevel(logging.WARNING)
            with override_settings(MAILERS=NOWHERE):  # a year of mails is history: kept on record, sent to nobody
                live(self.say)
            self.stdout.write(f"The demo company is ready ({monotonic() - began:.0f} s).")
        self.who()

    def say(self, words: str) -> None:
        """Read while it goes on, also where the output is kept in a file."""
        self.stdout.write(words)
        self.stdout.flush()

    def who(self) -> None:
        """The sign-ins, one for each role."""
        people = {person.email: person for person in User.objects.prefetch_related("grants")}
        shown = [people[address_of(name)] for name in SIGN_INS if address_of(name) in people]
        if shown:
            self.stdout.write(f"\nSign in as (password for all: {PASSWORD})")
        for person in shown:
            self.stdout.write(f"  {person.email:42} {person.name}: {person.role_names}")
