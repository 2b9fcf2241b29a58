"""Celery for this program: the bell. Start it with `celery -A acr_program worker|beat`."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, setup_logging, worker_init
from kombu.transport import TRANSPORT_ALIASES

from acr_program.config.alive import beat_alive, worker_alive

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "acr_program.settings")
TRANSPORT_ALIASES["folder"] = "acr_program.config.folder_broker:Transport"

app = Celery("acr_program")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**_kwargs: Any) -> None:
    """Connected so that Celery leaves logging as the settings have it."""


@worker_init.connect
def open_worker(sender: Any, **_kwargs: Any) -> None:
    """A worker starts only on safe settings, and says every few seconds that it lives."""
    from acr_program.config.checks import refuse_unsafe

    refuse_unsafe()
    worker_alive(sender)


@beat_init.connect
def open_clock(sender: Any, **_kwargs: Any) -> None:
    """So does the clock."""
    from acr_program.config.checks import refuse_unsafe

    refuse_unsafe()
    beat_alive(sender)
