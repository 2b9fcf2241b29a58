"""What somebody has done, taken back from the shell: by the rule of the page, with a result for each row (M22)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from acr_program.bulk import actions, undoing
from acr_program.bulk.models import Bulk, BulkRun
from acr_program.jobs.models import OPEN
from acr_program.jobs.work import work_row
from acr_program.people.models import User
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry
from acr_program.workflow.undo import subject, take_back, why_not

SHOWN = 20


class Command(BaseCommand):
    help = "Take back one act (its number in the log) or an act on many rows (the last part of its address)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("token", nargs="?", default="", help="without it, what this person did last is listed")
        parser.add_argument("--by", required=True, help="e-mail address of whoever did it: nobody else takes it back")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; nothing is taken back")

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(email__iexact=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"Nobody with the address {options['by']} may sign in.")
        try:
            self.run(options["token"], by, dry=options["dry_run"])
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        except PermissionDenied as denied:
            raise CommandError(str(denied)) from denied

    def run(self, token: str, by: User, *, dry: bool) -> None:
        if not token:
            self.list(by)
        elif token.isdecimal():
            self.one(token, by, dry=dry)
        else:
            self.many(token, by, dry=dry)

    def list(self, by: User) -> None:
        for entry in LogEntry.objects.visible_to(by).for_timeline()[:SHOWN]:
            self.stdout.write(f"{entry.pk}  {entry.at:%Y-%m-%d %H:%M}  {entry.content_type.name}: {entry.sentence}")
        for bulk in Bulk.objects.results_of(by)[:SHOWN]:
            self.stdout.write(f"{bulk.pk}  {bulk.made_at:%Y-%m-%d %H:%M}  {bulk}: {actions.told(bulk)}")

    def one(self, token: str, by: User, *, dry: bool) -> None:
        entry = LogEntry.objects.visible_to(by).for_timeline().filter(pk=token[:18]).first()
        if entry is None:
            raise CommandError(f"Nothing that {by.name} did has the number {token}.")
        obj = subject(entry)
        if dry:
            reason = why_not(entry, obj, by)
            self.stdout.write(reason or f"{obj}: this can be taken back.")
            return
        obj = take_back(entry, by=by, key=f"undo-{entry.pk}")
        self.stdout.write(f"{obj}: {obj.get_status_display()} again.")

    def many(self, token: str, by: User, *, dry: bool) -> None:
        try:
            of = Bulk.objects.visible_to(by).filter(pk=UUID(token)).first()
        except (ValueError, ValidationError):
            of = None
        if of is None:
            raise CommandError(f"Nothing that {by.name} did to many rows has the name {token}.")
        bulk = undoing.choose(of, by=by)
        if not dry:
            actions.confirm(bulk)
            for run in BulkRun.objects.filter(bulk=bulk, state__in=OPEN):
                work_row(BulkRun, run.pk)
        for row in bulk.rows.all():
            self.stdout.write(f"{row.label}: {row.get_outcome_display()}. {row.says}")
