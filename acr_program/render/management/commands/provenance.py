import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from acr_program.files.errors import Corrupt
from acr_program.render.models import Rendering
from acr_program.render.provenance import Traced, traced

UNKNOWN = "not known"
NONE = "-"
SHOWN = 70  # characters of a paragraph


class Command(BaseCommand):
    """Where every paragraph and figure of a document comes from, out of its kept inputs and nothing else (M2)."""

    help = "Name author, revision, confirmed-on and data-as-of for every paragraph and figure of a document (M2)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        known = "the document: its id, the number printed in it (R12-3), or the number of its rendering"
        parser.add_argument("document", help=known)
        parser.add_argument("--check", action="store_true", help="fail where anything is not known")

    def handle(self, *args: Any, **options: Any) -> None:
        rendering = Rendering.known_as(options["document"])
        if rendering is None or rendering.inputs is None or rendering.manifest is None:
            raise CommandError(f"There is no finished rendering of a document {options['document']}.")
        try:
            found = traced(json.loads(rendering.inputs.read("inputs")))
        except Corrupt as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{rendering.about}, rendering {rendering.pk}, inputs {rendering.inputs.sha256}")
        section = None
        for one in found:
            if one.piece.section != section:
                section = one.piece.section
                self.stdout.write(f"\n{section or 'at a glance'}")
            self.stdout.write(told(one))
        self.tell_share(found, check=options["check"])

    def tell_share(self, found: list[Traced], *, check: bool) -> None:
        known = sum(one.whole for one in found)
        share = 100 * known // len(found) if found else 100
        self.stdout.write(f"\n{known} of {len(found)} paragraphs and figures are known whole: {share} %")
        if known < len(found):
            words = (
                f"{len(found) - known} are not: these inputs were kept before the program wrote down who wrote what."
            )
            if check:
                raise CommandError(words)
            self.stdout.write(words)


def told(one: Traced) -> str:
    """One line: where it stands, whose it is, and its first words."""
    said = one.source or {}
    own = [said.get("author") or UNKNOWN, said.get("revision") or UNKNOWN, *days(said)]
    words = one.piece.says if len(one.piece.says) <= SHOWN else f"{one.piece.says[: SHOWN - 1]}…"
    return "  ".join([f"  {one.piece.kind} {one.piece.place} {one.piece.number}:", " | ".join(own), f"| {words}"])


def days(said: dict[str, Any]) -> list[str]:
    """Words are confirmed, data are as of a day; what has neither is not known."""
    confirmed, as_of = said.get("confirmed"), said.get("as_of")
    nothing = NONE if confirmed or as_of else UNKNOWN
    return [f"confirmed {confirmed or nothing}", f"data as of {as_of or nothing}"]
