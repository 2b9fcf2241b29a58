"""The program's settings for tests: one throw-away data folder per process, no waiting, nothing sent."""

import atexit
import os
import shutil
import tempfile

# The tests judge the program, not this machine: a .env or an exported mode must not change them.
os.environ["ACR_MODE"] = "embedded"
os.environ["ACR_DEBUG"] = "0"
os.environ["ACR_SECRET_KEY"] = "tests-only-" + "x" * 50
os.environ["EMAIL_URL"] = ""
if "ACR_TEST_DATA" in os.environ:  # several processes of one test share a folder
    os.environ["ACR_DATA"] = os.environ["ACR_TEST_DATA"]
else:
    os.environ["ACR_DATA"] = tempfile.mkdtemp(prefix="acr-tests-")
    atexit.register(shutil.rmtree, os.environ["ACR_DATA"], ignore_errors=True)

from acr_program.settings import *  # noqa: F403
from acr_program.settings import CELERY_BROKER_TRANSPORT_OPTIONS, DATA, DATABASES, LOGGING, REDIS_URL, STORAGES

ACR_UNDO_SECONDS = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# pytest keeps what is logged and shows it with a test that fails. A stream would be the one that stood for stderr when it was
# set up: in a test that catches its output it is closed afterwards, and every request then draws where that went wrong.
LOGGING = LOGGING | {"handlers": {"console": {"class": "logging.NullHandler"}}}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
if REDIS_URL:
    # The same Redis as a neighbour's run, but never his messages.
    CELERY_BROKER_TRANSPORT_OPTIONS = CELERY_BROKER_TRANSPORT_OPTIONS | {"global_keyprefix": f"acr-test-{os.getpid()}:"}
else:
    CELERY_BROKER_URL = "memory://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {"polling_interval": 0.05}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and live servers then meet the same locks as in the office.
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous = OFF;"
