"""The style sheet is served as one file: every part in it, in order, each in its layer."""

import re
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from acr_program.ui.static import SHEET, JoinedStatic

STATIC = Path(settings.BASE_DIR) / "static"


def test_the_parts_are_joined_before_the_name_gets_its_hash(tmp_path: Path) -> None:
    source = FileSystemStorage(STATIC)
    names = [str(path.relative_to(STATIC)) for path in (STATIC / "css").rglob("*.css")]
    storage = JoinedStatic(location=tmp_path, base_url="/static/")
    for name in names:
        with source.open(name) as file:
            storage.save(name, file)

    for _name, _hashed, processed in storage.post_process({name: (source, name) for name in names}):
        assert not isinstance(processed, Exception)

    joined = (tmp_path / storage.stored_name(SHEET)).read_text()
    assert "@import" not in joined
    assert re.findall(r"@layer (\w+) \{", joined)[:4] == ["reset", "tokens", "base", "layout"]
    assert len(re.findall(r"^@layer \w+ \{", joined, flags=re.MULTILINE)) == (STATIC / SHEET).read_text().count(
        "@import"
    )
