"""P43: health tells the truth, names parts only, and lives on when the rest is down."""

import os
import time

import fontpkg
import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import OperationalError

from acr_program.config import alive, health
from acr_program.config.pulse import told


@pytest.fixture(autouse=True)
def fresh(settings, tmp_path):
    """Its own data folder, and no answer kept from before."""
    settings.DATA = tmp_path
    settings.REDIS_URL = ""
    (tmp_path / "broker/queue").mkdir(parents=True)
    health._kept.at = float("-inf")


def well(name):
    return health.ask(name).well


def sign_of(name, seconds_ago=0.0):
    alive.touch(name)
    moment = time.time() - seconds_ago
    for path in alive.folder().glob(f"{name}@*"):
        os.utime(path, (moment, moment))


def test_alive_asks_nothing_of_anybody(client):
    """No database is allowed in this test, and none is needed."""
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_ready_names_every_part(client):
    for name in ("beat", "worker-celery", "worker-render"):
        sign_of(name)

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"ready": True, "parts": dict.fromkeys(health.QUESTIONS, "well")}


@pytest.mark.django_db
def test_a_part_that_is_away_does_not_take_the_web_down(client, settings):
    settings.REDIS_URL = "redis://:marked-password@127.0.0.1:1/0"

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["parts"]["broker"] == "fault"
    assert b"marked" not in response.content


@pytest.mark.django_db
def test_without_its_database_the_web_is_not_ready(client, monkeypatch):
    def away():
        raise OperationalError("host=marked")

    monkeypatch.setitem(health.QUESTIONS, "database", away)

    response = client.get("/readyz")

    assert (response.status_code, response.json()["ready"]) == (503, False)
    assert b"marked" not in response.content


@pytest.mark.django_db
def test_type_that_is_not_installed_is_told(client, monkeypatch):
    def nowhere(family, **_):
        raise fontpkg.FamilyNotInstalled(family)

    monkeypatch.setattr(fontpkg, "path", nowhere)

    parts = client.get("/readyz").json()["parts"]

    assert parts["fonts"] == "fault"
    assert health.ask("fonts").sentence == "Documents fall back on other type: EB Garamond, Inter is missing."


@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_it_is_only_for_looking(client, name):
    assert client.post(f"/{name}").status_code == 405


@pytest.mark.parametrize(
    ("name", "sign"), [("clock", "beat"), ("worker", "worker-celery"), ("render", "worker-render")]
)
def test_silence_is_a_fault_within_ten_seconds(name, sign):
    assert not well(name)

    sign_of(sign)
    assert well(name)

    sign_of(sign, seconds_ago=alive.STALE + 1)
    assert not well(name)


def test_of_several_workers_one_that_lives_is_enough():
    sign_of("worker-celery")
    (alive.folder() / "worker-celery@elsewhere.1").touch()
    os.utime(alive.folder() / "worker-celery@elsewhere.1", (0, 0))

    assert well("worker")


def test_the_dead_are_forgotten():
    sign_of("beat", seconds_ago=4000)
    alive.forget_the_dead()

    assert list(alive.folder().iterdir()) == []


def test_a_container_looks_for_its_own_pulse(settings, monkeypatch):
    monkeypatch.setenv("ACR_DATA", str(settings.DATA))
    sign_of("worker-render")

    assert told("worker-render")
    assert not told("beat")


def test_a_missing_broker_folder_is_told(settings):
    (settings.DATA / "broker/queue").rmdir()

    assert not well("broker")


def test_a_full_disk_is_told(monkeypatch):
    monkeypatch.setattr(health, "FREE", 2**60)

    assert "MB are free" in health.ask("disk").sentence


def test_a_mail_server_that_is_away_is_told(settings):
    options = {"host": "127.0.0.1", "port": 1, "timeout": 1}
    settings.MAILERS = {"default": {"BACKEND": f"{EmailBackend.__module__}.EmailBackend", "OPTIONS": options}}

    assert health.ask("mail").sentence == "It does not answer (ConnectionRefusedError)."


@pytest.mark.django_db
def test_answers_are_kept_a_moment(monkeypatch):
    asked = []
    monkeypatch.setattr(health, "QUESTIONS", {"database": lambda: asked.append(1) or ""})

    for _ in range(5):
        health.signs()

    assert len(asked) == 1


@pytest.mark.parametrize(("isolated", "said"), [(False, "cannot leave the network"), (True, "")])
def test_what_is_weaker_than_it_could_be_is_said_of_what_is_well(monkeypatch, isolated, said):
    from acr_program.render import health as of_the_renderer

    monkeypatch.setattr(of_the_renderer, "isolated", lambda: isolated)
    monkeypatch.setitem(health.QUESTIONS, "render", lambda: "")

    sign = health.ask("render")

    assert sign.well
    assert said in sign.sentence
    assert bool(said) == bool(sign.sentence)
