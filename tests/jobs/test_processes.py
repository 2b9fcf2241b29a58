"""Real workers, a real clock and real brokers, hurt while they work (P2, P3, P15; rule 3)."""

import os
import shutil
import time

import psycopg
import pytest
from django.db import connection

from acr_program.config.folders import prepare, secret_key

from .. import moulds
from ..outbox.smtp import Server
from .office import BEAT, WORKER, Office, copied, until

pytestmark = [pytest.mark.process, pytest.mark.demand("P2", "P3")]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A migrated database: a folder for SQLite, a template for PostgreSQL."""
    folder = tmp_path_factory.mktemp("office") / "data"
    prepare(folder)
    secret_key(folder / "secret_key")
    if connection.vendor != "postgresql":
        moulds.empty.pour(f"sqlite:///{folder}/acr.sqlite3")
        yield folder, None
        return
    server = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}
    place = f"{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT'] or 5432}"
    template = f"acr_office_{os.getpid()}"
    with psycopg.connect(f"postgresql://{place}/postgres", autocommit=True) as admin:
        moulds.empty.pour(f"postgresql://{place}/{template}")
        yield folder, (admin, place, template)
        admin.execute(f"DROP DATABASE {template} WITH (FORCE)")


@pytest.fixture
def smtp():
    with Server() as server:
        yield server


@pytest.fixture
def office(migrated, smtp, tmp_path):
    folder, postgres = migrated
    database = ""
    if postgres:
        admin, place, template = postgres
        admin.execute(f"CREATE DATABASE {template}_copy TEMPLATE {template}")
        database = f"postgresql://{place}/{template}_copy"
    office = Office(copied(folder, tmp_path / "data"), smtp.port, database)
    yield office
    office.close()
    if postgres:
        admin.execute(f"DROP DATABASE {template}_copy WITH (FORCE)")


def delivered(office, smtp, count, seconds):
    """All rows are done, and each mail came; a repeat carries the id of the first."""

    def stand():
        return office.states(), len(smtp.mails), office.told()

    until(lambda: office.states() == {"done": count}, seconds, stand)
    ids = [mail["Message-ID"] for mail in smtp.mails]
    assert len(set(ids)) == count
    return len(ids) - count


def test_a_mail_goes_within_seconds_and_the_brokers_folder_may_vanish(office, smtp):
    office.start(WORKER)
    office.start(BEAT)
    office.post("first", 5)
    assert delivered(office, smtp, 5, 30) == 0

    shutil.rmtree(office.folder / "broker", ignore_errors=True)  # the worker may be putting it back meanwhile
    office.post("second", 5)
    shutil.rmtree(office.folder / "broker", ignore_errors=True)  # the bells of those just posted, too

    assert delivered(office, smtp, 10, 30) == 0
    assert all(process.poll() is None for process in office.running)


def test_a_worker_killed_after_sending_repeats_with_the_same_id(office, smtp):
    struck = office.folder / "struck"
    struck.mkdir()
    plan = "mail_sent:3:kill,job_claimed:2:kill,job_worked:4:kill"
    office.start(WORKER, ACR_FAULTS=plan, ACR_FAULTS_DIR=str(struck))
    office.start(BEAT)
    office.post("kill", 30)

    repeats = delivered(office, smtp, 30, 60)

    assert len(list(struck.iterdir())) == 3
    assert repeats <= 2


def test_a_worker_tree_killed_in_mid_work_is_taken_over(office, smtp):
    smtp.plan = lambda: time.sleep(0.05) or "ok"
    office.start(BEAT)
    office.post("tree", 60)
    kills = 0
    for _round in range(3):
        worker = office.start(WORKER)
        before = len(smtp.mails)
        until(lambda seen=before: len(smtp.mails) > seen + 4 or office.states() == {"done": 60}, 30, office.told)
        office.kill(worker)
        kills += 1
    office.start(WORKER)

    assert delivered(office, smtp, 60, 60) <= 2 * kills


def test_a_redis_killed_and_restarted_empty_loses_nothing(office, smtp, redis_server):
    url, start = redis_server
    office.environment["REDIS_URL"] = url
    redis = start()
    office.start(WORKER)
    office.start(BEAT)
    office.post("before", 5)
    delivered(office, smtp, 5, 30)

    redis.kill()
    redis.wait()
    office.post("during", 10)
    assert office.states() == {"done": 5, "queued": 10}
    start()

    assert delivered(office, smtp, 15, 60) == 0
