"""Static files as they are served: the style sheet's parts joined into one file before its name gets its hash."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

SHEET = "css/app.css"
IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>\w+)\);')


class JoinedStatic(CompressedManifestStaticFilesStorage):
    """`app.css` is a list of imports while one works on it, and one request once it is collected."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if SHEET in paths and not dry_run:
            joined = IMPORT.sub(lambda found: self.layer(found, paths), self.read(SHEET, paths))
            self.delete(SHEET)
            self._save(SHEET, ContentFile(joined.encode()))
            paths = {**paths, SHEET: (self, SHEET)}
        yield from super().post_process(paths, dry_run, **options)

    def layer(self, found: re.Match[str], paths: dict[str, Any]) -> str:
        return f"@layer {found['layer']} {{\n{self.read(f'css/{found["path"]}', paths)}}}\n"

    @staticmethod
    def read(name: str, paths: dict[str, Any]) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return str(file.read().decode())
