"""The program's settings for a promise: its own data folder and database, mail into a server of the harness or nowhere."""

import os

from acr_program.settings import *  # noqa: F403
from acr_program.settings import CELERY_BEAT_SCHEDULE, DATA, DATABASES, STORAGES

ACR_UNDO_SECONDS = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
if not os.environ.get("ACR_PROVE_BROKER"):  # nobody listens: the rows are what counts
    CELERY_BROKER_URL = "memory://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {}
# What is left behind is found by the same sweep, only sooner: a proof need not wait ten seconds each time.
CELERY_BEAT_SCHEDULE = CELERY_BEAT_SCHEDULE | {
    "sweep": CELERY_BEAT_SCHEDULE["sweep"] | {"schedule": 2.0, "options": {"expires": 2}}
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A killed process loses nothing that it wrote, so the disk need not be waited for.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous = OFF;"
