"""A database that is copied for each run is made anew when what it comes from is another."""

import ast

from django.conf import settings

from tests.moulds import MIGRATED

from .files import tracked


def test_a_migrated_database_is_made_anew_when_a_file_that_a_migration_imports_changes():
    migrations = [path for path in tracked() if path.suffix == ".py" and "migrations" in path.parts]

    missed = {(str(path), name) for path in migrations for name in imported(path) if not MIGRATED.search(name)}

    assert len(migrations) > 50
    assert not missed


def imported(path):
    """The files of the program that this one imports: a module, or the package where it is one."""
    for node in ast.walk(ast.parse((settings.BASE_DIR / path).read_text())):
        name = (node.module or "").replace(".", "/") if isinstance(node, ast.ImportFrom) else ""
        if name and (settings.BASE_DIR / name.split("/")[0]).is_dir():
            yield name + ("/__init__.py" if (settings.BASE_DIR / name).is_dir() else ".py")
