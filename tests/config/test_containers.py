"""The containers cannot be started here, so their files are read: every fact they promise stands in them."""

import re
from pathlib import Path

import pytest
import yaml

from acr_program.config.dangers.danger import KNOWN

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ["web", "worker", "render", "beat"]
SECRETS = ["ACR_SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "EMAIL_URL"]


def test_every_process_is_there():
    assert set(SERVICES) == {"migrate", *OURS, "postgres", "redis"}


@pytest.mark.parametrize("name", [*OURS, "postgres", "redis"])
def test_each_has_a_health_check_and_comes_back(name):
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["migrate", *OURS])
def test_ours_run_without_rights(name):
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["user"] == "10001:10001"
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["environment"]["ACR_MODE"] == "production"
    assert service["volumes"] == ["data:/data"]


@pytest.mark.parametrize("name", OURS)
def test_ours_wait_for_the_database_and_its_tables(name):
    assert SERVICES[name]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"},
        "postgres": {"condition": "service_healthy"},
    }


def test_nothing_waits_for_redis():
    """It is only the bell: the office opens without it."""
    assert [name for name in SERVICES if "redis" in SERVICES[name].get("depends_on", {})] == []


def test_only_the_web_is_reached_and_only_from_this_machine():
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:8000:8000"]
    }


@pytest.mark.parametrize("secret", SECRETS)
def test_a_missing_secret_is_told_and_has_no_default(secret):
    text = (ROOT / "docker-compose.yml").read_text()
    uses = re.findall(rf"\$\{{{secret}(:.*?)\}}", text)

    assert uses
    assert [use for use in uses if not re.fullmatch(r":\?[A-Z][^.]+.*\.", use)] == []


def test_no_password_stands_in_the_file():
    text = (ROOT / "docker-compose.yml").read_text()
    given = re.findall(r"(?m)^\s*\w*(?:PASSWORD|SECRET_KEY)\w*: *([^$\s].*)$", text)

    assert given == []
    assert [word for word in KNOWN - {"postgres", "redis"} if f": {word}\n" in text] == []


def test_redis_keeps_everything_behind_its_password():
    said = " ".join(SERVICES["redis"]["command"])

    for word in ("requirepass %s", "appendonly yes", "maxmemory-policy noeviction"):
        assert word in said
    assert "REDIS_PASSWORD" not in said  # a list of processes would show it


def test_the_two_queues_have_their_workers():
    queues = {
        name: SERVICES[name]["command"][SERVICES[name]["command"].index("-Q") + 1] for name in ("worker", "render")
    }

    assert queues == {"worker": "celery", "render": "render"}
    assert "threads" in SERVICES["render"]["command"]  # a pool of processes may not start the render child


def test_the_image_is_small_locked_and_not_root():
    lines = (ROOT / "Dockerfile").read_text()

    assert lines.count("FROM python:3.13-slim") == 2
    assert "--require-hashes" in lines
    assert lines.index("USER acr") < lines.index("CMD [")
    assert "HEALTHCHECK" in lines
    assert "install -d -m 700 -o acr -g acr /data" in lines
    assert not re.search(r"(?im)^(ENV|ARG).*(SECRET|PASSWORD|_KEY)", lines)


def test_every_name_in_the_example_is_read_somewhere():
    named = re.findall(r"(?m)^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text())
    places = ["acr_program/settings.py", "acr_program/config/gunicorn.py", "docker-compose.yml"]
    text = "".join((ROOT / place).read_text() for place in places)

    assert [name for name in named if name not in text] == []


def test_procfile_names_the_same_processes():
    procfile = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())

    assert set(procfile) == {"web", "worker", "render", "clock"}
    assert procfile["worker"].split() == SERVICES["worker"]["command"]
    assert procfile["render"].split() == SERVICES["render"]["command"]
    assert procfile["clock"].split() == SERVICES["beat"]["command"]
