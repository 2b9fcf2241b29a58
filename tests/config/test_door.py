"""P42 at the door itself: web, worker and clock, started for real, refuse unsafe settings and open on good ones."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.process

GOOD = {
    "ACR_MODE": "production",
    "ACR_SECRET_KEY": "k7Zq9w-" * 10,
    "ACR_HOSTS": "reviews.acme.test",
    "ACR_URL": "https://reviews.acme.test",
    "ACR_TRUSTED_PROXIES": "1",
    "EMAIL_URL": "smtp+tls://me:there@mail.acme.test",
    "ACR_MAIL_FROM": "reviews@acme.test",
    "ACR_ANCHOR_EMAIL": "audit@trustee.test",
}
DOORS = {
    "web": ["-m", "gunicorn", "--config", "python:acr_program.config.gunicorn"],
    "worker": ["-m", "celery", "-A", "acr_program", "worker", "-P", "solo"],
    "beat": ["-m", "celery", "-A", "acr_program", "beat"],
}


def run(arguments, data, port=8000, **change):
    (data.parent / "static").mkdir()
    keep = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")
    environment = (
        {name: os.environ[name] for name in keep if name in os.environ} | GOOD | {"ACR_DATA": str(data)} | change
    )
    environment |= {
        "PORT": str(port),
        "ACR_STATIC": str(data.parent / "static"),
        "DJANGO_SETTINGS_MODULE": "acr_program.settings",
    }
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.demand("P42")
@pytest.mark.parametrize("door", DOORS)
def test_every_door_refuses_in_sentences(door, tmp_path, free_port):
    done = run(DOORS[door], tmp_path / "data", free_port, ACR_DEBUG="1", EMAIL_URL="")

    assert done.returncode == 3
    assert "Debug is on: error pages would show code, settings and data. Set ACR_DEBUG=0." in done.stderr
    assert "No mail server is named, so no message would leave the house." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_good_production_opens(tmp_path):
    done = run(["-c", "import acr_program.wsgi"], tmp_path / "data")

    assert (done.returncode, done.stderr) == (0, "")


def test_djangos_own_check_has_nothing_to_say(tmp_path):
    done = run(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], tmp_path / "data")

    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")
