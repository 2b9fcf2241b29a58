import hashlib
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from acr_program.render import client
from acr_program.render.document import compose
from acr_program.render.models import Rendering


class Command(BaseCommand):
    """Render a document once more from its kept inputs: to look at it, or to prove that the same bytes come out."""

    help = "Render a document again from its kept inputs and compare the bytes with the sealed ones (P9)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("rendering", type=int, help="the number of the rendering")
        parser.add_argument("--verify", action="store_true", help="fail when any byte differs from the sealed files")
        parser.add_argument("--out", type=Path, help="write the files to this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        rendering = Rendering.objects.select_related("inputs", "manifest").filter(pk=options["rendering"]).first()
        if rendering is None or rendering.inputs is None or rendering.manifest is None:
            raise CommandError(f"There is no finished rendering {options['rendering']}.")
        rendered = client.render(compose(json.loads(rendering.inputs.read())))
        sealed = {row.name: row.file.sha256 for row in rendering.manifest.rows()}
        different = []
        for edition, data in sorted(rendered.files.items()):
            name = f"{edition}.pdf"
            digest = hashlib.sha256(data).hexdigest()
            same = sealed.get(name) == digest
            different += [] if same else [name]
            self.stdout.write(f"{name}: {rendered.pages[edition]} pages, {digest} {'same' if same else 'DIFFERENT'}")
            if options["out"]:
                options["out"].mkdir(parents=True, exist_ok=True)
                (options["out"] / name).write_bytes(data)
        if options["verify"] and different:
            raise CommandError(f"Other bytes than the sealed ones: {', '.join(different)}.")
