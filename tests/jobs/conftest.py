import shutil
import socket
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import connection, models

from acr_program.jobs import clock, wake
from acr_program.jobs.errors import PermanentError
from acr_program.jobs.models import Job

from .office import until


@pytest.fixture(scope="package")
def _errand(django_db_setup, django_db_blocker):
    """A kind of job for these tests alone: a table made beside the program's own, and forgotten afterwards."""

    class Errand(Job):
        BATCH = 2
        told = models.CharField(max_length=20, blank=True)
        runs = models.PositiveIntegerField(default=0)
        gave_up = models.PositiveIntegerField(default=0)

        class Meta(Job.Meta):
            app_label = "jobs"

        def work(self):
            type(self).objects.filter(pk=self.pk).update(runs=models.F("runs") + 1)
            match self.told:
                case "break":
                    raise ValueError("It broke.")
                case "never":
                    raise PermanentError("The address does not exist.")
                case "exit":
                    sys.exit(1)

        def on_failed(self):
            if self.told == "hook":
                raise RuntimeError("The hook broke.")
            type(self).objects.filter(pk=self.pk).update(gave_up=models.F("gave_up") + 1)

    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Errand)
    yield Errand
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Errand)
    del apps.all_models["jobs"]["errand"]
    apps.clear_cache()


@pytest.fixture
def errand(_errand, db):
    return _errand


@pytest.fixture(autouse=True)
def quiet_bell():
    wake.bell.reset()
    yield
    wake.bell.reset()


@pytest.fixture
def duties(db):
    """An empty book of duties."""
    kept = dict(clock.registry)
    clock.registry.clear()
    yield clock.registry
    clock.registry.clear()
    clock.registry.update(kept)


@pytest.fixture
def redis_server(tmp_path):
    """A Redis of the test's own, that keeps nothing."""
    if not shutil.which("redis-server"):
        pytest.skip("There is no redis-server on this machine.")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = []

    def start():
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
        running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        until(lambda: answers(port), 10)
        return running[-1]

    yield f"redis://127.0.0.1:{port}/0", start
    for process in running:
        process.kill()
        process.wait()


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
