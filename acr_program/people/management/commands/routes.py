"""Writes every path with who comes through, from the declarations alone (docs/promises.md, rule 12, P16)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from acr_program.people.access import declared
from acr_program.people.checks import LIBRARIES

PLACE = settings.BASE_DIR / "docs" / "routes.md"

HEAD = """# Every path, and who comes through

Written by `manage.py routes` from the declarations in the `urls.py` of each app; `tests/routes` tries each of them as
everybody. Whoever is not signed in is led to the sign-in, except where “public” stands. Whoever lacks the role gets 403
with a sentence; a record one may not see is 404, the same as one that does not exist; another method than those named
is 405. Where a machine is named, its steps are under `docs/workflows/`, each with who may take it.

| address | name | methods | kind | who comes through | machine |
|---|---|---|---|---|---|
"""

OTHERS = """
## Paths of libraries

They keep their own rules and are no part of the table above.

| names begin with | rule | paths |
|---|---|---|
"""

RULES = {
    "account_": "Signing in, open to everybody within limits; to change a password or an address one is signed in.",
    "mfa_": "The second factor: for oneself, after signing in again.",
    "socialaccount_": "Signing in with the company's directory.",
    "admin:": "Django's admin site: for superusers by the same sign-in; it lists records of sign-in and no record of the program.",
}


class Command(BaseCommand):
    help = "Write docs/routes.md from the declared paths; with --check, say whether it agrees with them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where file and paths differ")

    def handle(self, *args: Any, **options: Any) -> None:
        text = as_markdown()
        if not options["check"]:
            PLACE.write_text(text)
            self.stdout.write(f"Written: {PLACE.name}, {len(ours())} paths.")
        elif not PLACE.exists() or PLACE.read_text() != text:
            raise CommandError("docs/routes.md differs from the paths in the code: run manage.py routes and commit it.")


def ours() -> list[tuple[str, str, Any]]:
    """The paths that declare their access."""
    return [(where, name, view) for where, name, view in declared() if hasattr(view, "access")]


def as_markdown() -> str:
    return HEAD + "".join(map(line, rows())) + OTHERS + "".join(map(line, libraries()))


def line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def rows() -> Iterator[list[str]]:
    for where, name, view in ours():
        access = view.access
        machine = access.model._meta.label_lower if access.kind == "steps" else ""
        yield [f"`/{where}`", name, ", ".join(view.methods), access.kind.replace("_", " "), str(access.says), machine]


def libraries() -> Iterator[list[str]]:
    """One line for each library that is there: how its paths begin, its rule, how many they are."""
    for prefix in LIBRARIES:
        count = sum(name.startswith(prefix) for _where, name, view in declared() if not hasattr(view, "access"))
        if count:
            yield [f"`{prefix}`", RULES[prefix], str(count)]
