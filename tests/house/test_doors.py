"""One door for change: states are written by the kernel and nowhere else (docs/promises.md, rule 1)."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from acr_program.workflow.docs import machines

from .files import python_files

MACHINES = {machine.__name__ for machine in machines()}
WRITERS = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update"}
WORDS = {"status", "version"}
FIELDS = WORDS | {"_performing"}
OWN = "self.status"  # of a plain class; on a machine the protected field refuses it
KERNEL = Path("acr_program/workflow")
PEOPLE = Path("acr_program/desk/chronicle.py")  # the door of people, who are no machine
CODE = [path for path in python_files() if KERNEL not in path.parents and path.parts[0] != "tests" and path != PEOPLE]


def writes(tree):
    """What in this file would write a state, or a machine's row, past the kernel."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, given = node.func.attr, {keyword.arg for keyword in node.keywords}
            if name == "update" and given & WORDS:
                yield node.lineno, f".update({', '.join(sorted(given & WORDS))}=…)"
            elif name in WRITERS and MACHINES & {n.id for n in ast.walk(node.func) if isinstance(n, ast.Name)}:
                yield node.lineno, f"{ast.unparse(node.func)}(…)"
            if name == "keep" and not node.args and given <= {"force_insert", "update_fields"} and given:
                yield node.lineno, "keep(…)"
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr in FIELDS and ast.unparse(target) != OWN:
                    yield node.lineno, ast.unparse(target)


def test_nothing_writes_a_state_past_the_kernel():
    trees = {str(path): ast.parse((settings.BASE_DIR / path).read_text()) for path in CODE}

    assert {path: found for path, tree in trees.items() if (found := list(writes(tree)))} == {}
    assert len(trees) > 200


@pytest.mark.parametrize(
    "code",
    [
        'Account.objects.filter(pk=1).update(status="closed")',
        "ReviewRequest.objects.create(account=a)",
        "Document.objects.bulk_create(rows)",
        'request.status = "closed"',
        "request.version += 1",
        "request._performing = True",
        "request.keep(force_insert=True)",
    ],
)
def test_the_walk_sees_what_it_looks_for(code):
    """The control: each way past the door is found."""
    assert len(list(writes(ast.parse(code)))) == 1
