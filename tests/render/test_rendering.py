"""The rendering as a job: stages, what is kept, what a repeat does, and what the document is told."""

import hashlib

import pytest
import time_machine
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection, models

from acr_program.files import disk
from acr_program.files.models import Manifest, StoredFile
from acr_program.jobs.models import State
from acr_program.jobs.work import drain
from acr_program.render import models as rendering
from acr_program.render.client import Rendered
from acr_program.render.errors import RenderError
from acr_program.render.models import Rendering, Stage

from . import example

ALL = ["render.rendering"]


@pytest.fixture(scope="module")
def _leaflet(django_db_setup, django_db_blocker):
    """Something to be rendered, for these tests alone: a table made beside the program's own."""

    class Leaflet(models.Model):
        told = models.TextField(blank=True)

        class Meta:
            app_label = "render"

        def __str__(self):
            return f"Leaflet {self.pk}"

        @classmethod
        def numbered(cls, printed):
            return cls.objects.filter(pk=printed[1:]).first() if printed.startswith("L") else None

        def render_inputs(self):
            return example.short() if self.told != "wrong" else {"version": 1}

        def on_rendered(self, manifest, pages):
            type(self).objects.filter(pk=self.pk).update(told=f"{self.told}{manifest.digest} {pages};")

        def on_render_failed(self, sentence):
            type(self).objects.filter(pk=self.pk).update(told=sentence)

    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Leaflet)
        ContentType.objects.get_for_model(Leaflet)  # its row outlives the tests, as its place in the cache does
    yield Leaflet
    with django_db_blocker.unblock():
        ContentType.objects.filter(app_label="render", model="leaflet").delete()
        with connection.schema_editor() as editor:
            editor.delete_model(Leaflet)
    del apps.all_models["render"]["leaflet"]
    apps.clear_cache()
    ContentType.objects.clear_cache()


@pytest.fixture
def leaflet(db, _leaflet):
    return _leaflet.objects.create()


@pytest.fixture
def bytes_at_once(monkeypatch):
    """The renderer's place taken by three bytes: these tests are about the job. Counts the calls."""
    calls = []

    def render(html_by_edition, assets=None):
        calls.append(html_by_edition)
        return Rendered({"screen": b"%PDF-1.7"}, {"screen": 4}, 0.5)

    monkeypatch.setattr(rendering.client, "render", render)
    return calls


def test_the_document_learns_of_its_files(leaflet, bytes_at_once):
    job = Rendering.ask(leaflet)

    assert drain(ALL) == 1

    job.refresh_from_db()
    leaflet.refresh_from_db()
    (row,) = job.manifest.rows()
    assert (job.state, job.stage, job.seconds) == (State.DONE, Stage.DONE, 0.5)
    assert (row.name, row.pages, row.file.kind, row.read()) == ("screen.pdf", 4, "application/pdf", b"%PDF-1.7")
    assert job.manifest.inputs_sha256 == job.inputs.sha256
    assert leaflet.told == f"{job.manifest.digest} 4;"


def test_the_same_inputs_and_bytes_are_kept_once(leaflet, bytes_at_once):
    Rendering.ask(leaflet)
    Rendering.ask(leaflet)

    drain(ALL)

    assert StoredFile.objects.count() == 2  # the inputs and the file
    assert Manifest.objects.values("digest").distinct().count() == 1


def test_a_worker_that_dies_after_the_seal_is_followed_by_one_that_does_not_render_again(leaflet, bytes_at_once):
    job = Rendering.ask(leaflet)
    mine = Rendering.claim(job.pk)
    mine.make(mine.kept_inputs(leaflet))
    Rendering.objects.filter(pk=job.pk).update(due_at=job.created_at)  # the lease ran out

    drain(ALL)

    job.refresh_from_db()
    assert len(bytes_at_once) == 1
    assert Manifest.objects.count() == 1
    assert job.state == State.DONE


def test_inputs_are_those_of_the_first_try(leaflet, bytes_at_once):
    job = Rendering.ask(leaflet)
    first = Rendering.claim(job.pk)
    first.kept_inputs(leaflet)
    leaflet.told = "wrong"  # whatever the document has become since
    leaflet.save()
    Rendering.objects.filter(pk=job.pk).update(due_at=job.created_at)

    drain(ALL)

    job.refresh_from_db()
    assert job.state == State.DONE


def test_a_worker_that_lost_its_lease_tells_nobody(leaflet, bytes_at_once):
    job = Rendering.ask(leaflet)
    slow = Rendering.claim(job.pk)
    Rendering.objects.filter(pk=job.pk).update(attempts=2)

    with pytest.raises(rendering.LeaseLost):
        slow.work()

    leaflet.refresh_from_db()
    assert leaflet.told == ""
    assert Manifest.objects.count() == 0


def test_wrong_inputs_fail_at_once_and_name_the_place(leaflet, bytes_at_once):
    leaflet.told = "wrong"
    leaflet.save()
    job = Rendering.ask(leaflet)

    drain(ALL)

    job.refresh_from_db()
    leaflet.refresh_from_db()
    assert (job.state, job.attempts) == (State.FAILED, 1)
    assert leaflet.told == "inputs.locale: is missing."


def failing(monkeypatch, kind, sentence):
    def render(html_by_edition, assets=None):
        raise RenderError(kind, sentence)

    monkeypatch.setattr(rendering.client, "render", render)


def test_a_bomb_is_not_tried_again(leaflet, monkeypatch):
    failing(monkeypatch, "cpu", "The document took more than 20 s of computing.")
    job = Rendering.ask(leaflet)

    drain(ALL)

    job.refresh_from_db()
    leaflet.refresh_from_db()
    assert (job.state, job.attempts, job.stage) == (State.FAILED, 1, Stage.RENDERING)
    assert leaflet.told == "The document took more than 20 s of computing."


def test_a_dead_renderer_is_tried_again_until_the_tries_are_out(leaflet, monkeypatch):
    failing(monkeypatch, "server", "The renderer stopped while it worked on the document (ended by signal 9).")
    job = Rendering.ask(leaflet)

    for _ in range(Rendering.TRIES):
        assert drain(ALL) == 1
        Rendering.objects.filter(pk=job.pk).update(due_at=job.created_at)

    job.refresh_from_db()
    leaflet.refresh_from_db()
    assert (job.state, job.attempts) == (State.FAILED, Rendering.TRIES)
    assert leaflet.told == "The renderer stopped while it worked on the document (ended by signal 9)."


def test_a_document_that_is_gone_is_not_rendered(leaflet, bytes_at_once):
    job = Rendering.ask(leaflet)
    leaflet.delete()

    drain(ALL)

    job.refresh_from_db()
    assert job.error == "What was to be rendered is no longer there."
    assert bytes_at_once == []


def test_the_page_finds_the_last_one(leaflet):
    Rendering.ask(leaflet)
    last = Rendering.ask(leaflet)

    assert Rendering.latest(leaflet) == last


@pytest.mark.process
@pytest.mark.demand("P9")
@pytest.mark.parametrize("name", ["{leaflet}", "L{leaflet}", "{rendering}"])
def test_rendered_again_on_another_day_the_same_bytes_come_out(name, leaflet, capsys, tmp_path):
    Rendering.objects.bulk_create(Rendering(about=leaflet, state=State.FAILED, pk=leaflet.pk + n) for n in (1000, 1001))
    job = Rendering.ask(leaflet)
    drain(ALL)

    with time_machine.travel("2031-07-19 03:00+09:00"):
        known = name.format(leaflet=leaflet.pk, rendering=job.pk)
        call_command("rerender", known, "--verify", "--out", tmp_path)

    said = capsys.readouterr().out.splitlines()
    rows = job._meta.model.objects.get(pk=job.pk).manifest.rows()
    assert said == [
        f"Leaflet {leaflet.pk}, rendering {job.pk}",
        *(f"{row.name}: {row.pages} pages, {row.file.sha256} same" for row in rows),
    ]
    assert [row.name for row in rows] == ["internal.pdf", "print.pdf", "screen.pdf"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {row.name: row.read() for row in rows}


@pytest.mark.parametrize("name", ["0", "L0", "R12-3", "nonsense"])
def test_a_document_that_was_never_rendered_is_named(name, leaflet):
    with pytest.raises(CommandError, match=f"There is no finished rendering of a document {name}."):
        call_command("rerender", name, "--verify")


@pytest.mark.process
@pytest.mark.demand("P9")
def test_other_bytes_than_the_sealed_ones_are_named(leaflet, bytes_at_once, monkeypatch, capsys):
    Rendering.ask(leaflet)
    drain(ALL)
    monkeypatch.setattr(rendering.client, "render", lambda *_: Rendered({"screen": b"other"}, {"screen": 4}, 0.5))

    with pytest.raises(CommandError, match=r"Other bytes than the sealed ones: screen\.pdf\."):
        call_command("rerender", str(leaflet.pk), "--verify")
    assert f"screen.pdf: 4 pages, {hashlib.sha256(b'other').hexdigest()} DIFFERENT" in capsys.readouterr().out


def test_inputs_that_were_tampered_with_are_refused(leaflet, bytes_at_once):
    job = Rendering.ask(leaflet)
    mine = Rendering.claim(job.pk)
    mine.kept_inputs(leaflet)
    path = disk.path_of(mine.inputs.sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"little to review", b"lots to review!!"))
    Rendering.objects.filter(pk=job.pk).update(due_at=job.created_at)

    drain(ALL)

    leaflet.refresh_from_db()
    assert leaflet.told.startswith("The file the inputs is no longer what was stored")
