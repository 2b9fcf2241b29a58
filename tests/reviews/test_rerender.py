"""P9 as an office proves it: by the number that is printed in the document, in a process of its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from acr_program.files import disk
from acr_program.jobs.work import drain
from acr_program.render.models import Rendering
from tests.factories import fresh, make_request
from tests.prove.world import ROOT
from tests.reviews.work import answer

pytestmark = [pytest.mark.process, pytest.mark.demand("P9"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def document():
    request = make_request("gathering", sections=1)
    answer(request, "We shipped what we promised.")
    document = fresh(request).latest_document()
    drain(["render.rendering"])
    return fresh(document)


def database():
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


def rerender(document):
    """The command itself, elsewhere in the world and under another seed."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "acr_program.settings", "DATABASE_URL": database(), "ACR_DATA": str(settings.DATA),
        "PYTHONHASHSEED": "11", "TZ": "America/Lima", "LANG": "de_DE.UTF-8",
    }  # fmt: skip
    command = [sys.executable, "manage.py", "rerender", f"R{document.request_id}-{document.number}", "--verify"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_another_process_makes_the_same_bytes_of_every_edition(document):
    done = rerender(document)

    job = Rendering.latest(document)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"{document}, rendering {job.pk}",
        *(f"{row.name}: {row.pages} pages, {row.file.sha256} same" for row in document.manifest.rows()),
    ]
    assert [row.name for row in document.manifest.rows()] == ["internal.pdf", "print.pdf", "screen.pdf"]
    assert document.pages == document.manifest.file("screen.pdf").pages


def test_inputs_that_were_changed_are_told_and_nothing_is_rendered(document):
    path = disk.path_of(Rendering.latest(document).inputs.sha256)
    kept = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(kept.replace(b"what we promised", b"all we promised!"))

    done = rerender(document)

    assert done.returncode == 1
    assert done.stdout.splitlines()[1:] == []
    assert "The file inputs is no longer what was stored" in done.stderr
