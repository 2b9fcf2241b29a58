import hashlib
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from acr_program.files.errors import Corrupt
from acr_program.render import client, look
from acr_program.render.checking import InputError
from acr_program.render.client import Rendered
from acr_program.render.document import compose
from acr_program.render.errors import RenderError
from acr_program.render.models import Rendering


class Command(BaseCommand):
    """Render a document once more from its kept inputs: to look at it, or to prove that the same bytes come out."""

    help = "Render a document again from its kept inputs and compare the bytes with the sealed ones (P9)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        known = "the document: its id, the number printed in it (R12-3), or the number of its rendering"
        parser.add_argument("document", help=known)
        parser.add_argument("--verify", action="store_true", help="fail when any byte differs from the sealed files")
        parser.add_argument("--out", type=Path, help="write the files to this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        rendering = Rendering.known_as(options["document"])
        if rendering is None or rendering.inputs is None or rendering.manifest is None:
            raise CommandError(f"There is no finished rendering of a document {options['document']}.")
        self.stdout.write(f"{rendering.about}, rendering {rendering.pk}")
        try:
            inputs = json.loads(rendering.inputs.read("inputs"))
            rendered = client.render(compose(inputs), look.assets(inputs.get("look")))
            sealed = {row.name: row.file.sha256 for row in rendering.manifest.check_digest()}
        except (Corrupt, InputError) as error:
            raise CommandError(str(error)) from error
        except RenderError as error:
            raise CommandError(error.sentence) from error
        different = self.compare(rendered, sealed)
        if options["out"]:
            write(rendered, options["out"])
        if options["verify"] and different:
            raise CommandError(f"Other bytes than the sealed ones: {', '.join(different)}.")

    def compare(self, rendered: Rendered, sealed: dict[str, str]) -> list[str]:
        """A line for each file, made or sealed; gives the names of those that are not the same."""
        digests = {f"{edition}.pdf": hashlib.sha256(data).hexdigest() for edition, data in rendered.files.items()}
        pages = {f"{edition}.pdf": number for edition, number in rendered.pages.items()}
        different = []
        for name in sorted(digests | sealed):
            same = digests.get(name) == sealed.get(name)
            different += [] if same else [name]
            made = f"{pages[name]} pages, {digests[name]}" if name in digests else "not made again"
            self.stdout.write(f"{name}: {made} {'same' if same else 'DIFFERENT'}")
        return different


def write(rendered: Rendered, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for edition, data in rendered.files.items():
        (folder / f"{edition}.pdf").write_bytes(data)
