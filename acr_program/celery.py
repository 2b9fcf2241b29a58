"""Celery for this program: the bell. Start it with `celery -A acr_program worker|beat`."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "acr_program.settings")
TRANSPORT_ALIASES["folder"] = "acr_program.config.folder_broker:Transport"

app = Celery("acr_program")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
