"""The program's settings for tests: one throw-away data folder per process, no waiting, nothing sent."""

import os
import tempfile

# The tests judge the program, not this machine: a .env or an exported mode must not change them.
os.environ["ACR_MODE"] = "embedded"
os.environ["ACR_DEBUG"] = "0"
os.environ["ACR_SECRET_KEY"] = "tests-only-" + "x" * 50
os.environ.setdefault("ACR_DATA", tempfile.mkdtemp(prefix="acr-tests-"))

from acr_program.settings import *  # noqa: E402, F403
from acr_program.settings import STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
