"""An import from the shell: the same engine, preview and undoing as on the page."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from acr_program.intake import actions
from acr_program.intake.choices import Choice, Outcome
from acr_program.intake.kinds import kinds
from acr_program.intake.models import Batch, Mapping, Work
from acr_program.jobs.models import OPEN
from acr_program.jobs.work import work_row
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.workflow.errors import Refused
from acr_program.workflow.perform import perform

SHOWN = 20


class Command(BaseCommand):
    help = "Import one file: look at it, check every row, take in what the preview says, print what became of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(kinds()))
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--mapping", default="", help="name of a kept mapping, or a JSON file with columns and options"
        )
        parser.add_argument("--dry-run", action="store_true", help="check only; nothing is written")
        parser.add_argument("--by", default="", help="e-mail address of who imports; without it, the program manager")
        parser.add_argument(
            "--similar", choices=("skip", "new", "merge"), default="skip", help="what to do with similar rows"
        )
        parser.add_argument("--dates", choices=("ymd", "dmy", "mdy"), default="", help="how days are written")
        parser.add_argument("--decimal", choices=(".", ","), default="", help="the decimal mark")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.run(**options)
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        except PermissionDenied as denied:
            raise CommandError(str(denied)) from denied

    def run(self, *, kind: str, file: Path, mapping: str, dry_run: bool, by: str, similar: str, **options: Any) -> None:
        person = self.person(by)
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        kept, told = self.mapping(mapping, kind)
        said = {name: options[name] for name in ("dates", "decimal") if options[name]}
        batch = actions.upload(
            file.read_bytes(), file.name, kind, by=person, mapping=kept, columns=told.get("columns", {}),
            options=told.get("options", {}) | said,
        )  # fmt: skip
        batch = self.until(batch, "uploaded", "checking")
        if batch.status == "mapping":
            batch = actions.read_as(batch, batch.columns, batch.options, by=person, seen=batch.version)
            batch = self.until(batch, "checking")
        if batch.status == "failed":
            raise CommandError(batch.error)
        self.tell(batch)
        if dry_run:
            perform(batch, "drop", by=person, seen=batch.version)
            self.stdout.write("Nothing was written.")
            return
        self.take_in(batch, person, similar)

    def take_in(self, batch: Batch, person: User, similar: str) -> None:
        if similar != "skip" and batch.counts.get("similar"):
            actions.decide(batch, Choice(similar), by=person)
        if not any(batch.counts.get(outcome) for outcome in ("created", "changed", "similar")):
            perform(batch, "drop", by=person, seen=batch.version)
            self.stdout.write("Everything is there already: nothing was written.")
            return
        batch = self.until(perform(batch, "take_in", by=person, seen=batch.version), "taking_in")
        if batch.status != "taken_in":
            raise CommandError(batch.error)
        self.stdout.write(f"Taken in as import {batch.pk}: {counted(batch)}.")

    def person(self, email: str) -> User:
        found = User.objects.holding(Role.ADMIN, Role.MANAGER)
        person = found.filter(email=email.lower()).first() if email else User.objects.holding(Role.MANAGER).first()
        if person is None:
            raise CommandError("Say with --by who imports: somebody of the program office.")
        return person

    def mapping(self, name: str, kind: str) -> tuple[Mapping | None, dict[str, Any]]:
        """The kept mapping of this name, or what a file says."""
        if not name:
            return None, {}
        if kept := Mapping.objects.filter(name=name, kind=kind).first():
            return kept, {}
        path = Path(name)
        if not path.is_file():
            raise CommandError(f"There is neither a mapping “{name}” for {kind} nor a file of that name.")
        try:
            told: dict[str, Any] = json.loads(path.read_text())
        except ValueError as error:
            raise CommandError(f"The file {path} is no JSON: {error}") from error
        return None, told

    def until(self, batch: Batch, *during: str) -> Batch:
        """Work this import's jobs here, beside whichever worker may be quicker, until it stands elsewhere."""
        while (batch := Batch.objects.get(pk=batch.pk)).status in during:
            for pk in Work.objects.filter(batch=batch, state__in=OPEN).values_list("pk", flat=True):
                work_row(Work, pk)
            if Work.objects.filter(batch=batch, state__in=OPEN).exists():
                time.sleep(0.2)
        return batch

    def tell(self, batch: Batch) -> None:
        self.stdout.write(f"{batch.file_name}: {counted(batch)}.")
        odd = batch.rows.exclude(outcome__in=[Outcome.CREATED, Outcome.CHANGED, Outcome.UNCHANGED])
        for row in odd.order_by("number")[:SHOWN]:
            self.stdout.write(f"  row {row.number}, {row.get_outcome_display()}: {row.reason}")


def counted(batch: Batch) -> str:
    """12 new, 3 changed."""
    words = dict(Outcome.choices) | {"undone": "undone", "left": "left as they are"}
    return (
        ", ".join(f"{batch.counts[name]:,} {word}" for name, word in words.items() if batch.counts.get(name))
        or "no rows"
    )
