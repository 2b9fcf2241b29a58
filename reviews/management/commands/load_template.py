"""Loads a version of the standard template from a JSON file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from acr_program.people.models import User
from reviews.actions.standard import STANDARD, load_template


class Command(BaseCommand):
    help = "Load FILE (or the standard of an audience: executive, operational) as a new draft version, in the name of EMAIL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--by", required=True, help="e-mail address of the program manager")

    def handle(self, *args: Any, **options: Any) -> None:
        named = STANDARD / f"{options['file']}.json"
        path = named if named.exists() else Path(options["file"])
        if not path.exists():
            raise CommandError(f"There is no file {path}. Give its path, or one of: executive, operational.")
        by = User.objects.filter(email=options["by"].lower(), is_active=True).first()
        if by is None or not by.has("manager"):
            raise CommandError("Only the program manager may load a template: name one with --by.")
        try:
            template = load_template(path, by=by)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write(f"{template} is a draft with {template.sections.count()} sections. Publish it on its page.")
