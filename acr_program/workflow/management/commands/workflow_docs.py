"""Writes docs/workflows from the declarations."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from acr_program.workflow.docs import files


class Command(BaseCommand):
    help = "Write docs/workflows/*.md from the steps as they are declared."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where a file and the code differ")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "docs" / "workflows"
        wanted = files()
        there = {path.name: path.read_text() for path in folder.glob("*.md")}
        if options["check"]:
            if wanted != there:
                names = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
                raise CommandError(f"Not as the code says: {', '.join(names)}. Run manage.py workflow_docs.")
            return
        for name in there.keys() - wanted.keys():
            (folder / name).unlink()
        for name, text in wanted.items():
            (folder / name).write_text(text)
        self.stdout.write(f"{len(wanted)} machines written to docs/workflows.")
