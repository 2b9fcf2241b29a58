"""The program's settings as an office runs them, in a data folder and a database of their own."""

from acr_program.settings import *  # noqa: F403
from acr_program.settings import DATA, STORAGES

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_BROKER_URL = "memory://"  # nobody listens: the rows are what counts
CELERY_BROKER_TRANSPORT_OPTIONS = {}
ACR_EXPORTS_AN_HOUR = 10_000
