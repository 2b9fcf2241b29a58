"""Whatever the code calls a duty is done: a process that starts from nothing knows it, whichever tests import besides."""

import ast
import json
import subprocess
import sys

from django.conf import settings

from tests.house.files import python_files

KNOWN = """
import json, os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
import django
django.setup()
from acr_program.jobs.clock import registry
print(json.dumps({spec.work.__module__ + "." + spec.work.__name__: name for name, spec in registry.items()}))
"""


def decorated(name):
    """Every function that carries @name(...), by its module and its own name."""
    for path in python_files():
        if path.parts[0] == "tests":
            continue
        for node in ast.walk(ast.parse((settings.BASE_DIR / path).read_text())):
            marks = [mark.func for mark in getattr(node, "decorator_list", []) if isinstance(mark, ast.Call)]
            if any(isinstance(mark, ast.Name) and mark.id == name for mark in marks):
                yield f"{'.'.join(path.with_suffix('').parts)}.{node.name}"


def test_every_duty_is_known_to_a_process_that_starts_from_nothing():
    told = subprocess.run(
        [sys.executable, "-c", KNOWN], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )

    known = json.loads(told.stdout.splitlines()[-1])
    assert len(known) > 10
    assert set(decorated("duty")) - set(known) == set()
