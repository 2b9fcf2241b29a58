"""Unsafe settings refuse to start: as Django's checks, and at the door of web, workers and clock (promise P42)."""

import sys
from typing import Any
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks

from .dangers import dangers

BOOT_FAILED = 3  # the number by which gunicorn knows that starting again would not help


@register(Tags.security)
def safe_settings(**_kwargs: Any) -> list[CheckMessage]:
    """Every danger the settings run into is an error."""
    return [Error(danger.sentence, hint=danger.mend, id=f"acr.{danger.name}") for danger in dangers(settings)]


@register(Tags.security)
def safe_redis(**_kwargs: Any) -> list[CheckMessage]:
    """In production Redis must keep its messages and never drop one to make room; away, it harms nothing."""
    url = settings.CELERY_BROKER_URL
    if settings.ACR_MODE == "embedded" or not urlsplit(url).scheme.startswith("redis"):
        return []
    return redis_faults(redis_config(url))


@register(Tags.security)
def printers_profile(**_kwargs: Any) -> list[CheckMessage]:
    """A printer's profile that cannot be used would be found out by the first document, when the meeting is near."""
    from acr_program.render.profile import fault

    mend = "Name the printer's ICC file in ACR_PRINT_PROFILE, or leave it out: documents then come in sRGB alone."
    return [Error(sentence, hint=mend, id="acr.print-profile")] if (sentence := fault()) else []


@register(Tags.security)
def way_to_the_printer(**_kwargs: Any) -> list[CheckMessage]:
    """A way that leads nowhere, or an unsafe one, would be found out by the first approved document."""
    from acr_program.files import drop
    from acr_program.outbox import webhook

    found = []
    if settings.ACR_PRINT_WEBHOOK:
        found.append(
            ("acr.print-webhook", webhook.fault(settings.ACR_PRINT_WEBHOOK, settings.ACR_PRINT_WEBHOOK_SECRET))
        )
    else:
        found.append(("acr.print-drop", drop.fault(settings.ACR_PRINT_DROP)))
    if settings.ACR_PRINT_EVENTS_SECRET:
        found.append(("acr.print-events", webhook.weakness(settings.ACR_PRINT_EVENTS_SECRET)))
    mend = "Look at the settings that begin with ACR_PRINT_: .env.example says what each is for."
    return [Error(sentence, hint=mend, id=name) for name, sentence in found if sentence]


def redis_config(url: str) -> dict[str, str] | None:
    """What Redis says of itself, or None where it does not answer or may not tell."""
    import redis

    client = redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1, decode_responses=True)
    try:
        return {key: str(client.config_get(key)[key]) for key in ("appendonly", "maxmemory-policy")}
    except redis.RedisError:
        return None
    finally:
        client.close()


def redis_faults(config: dict[str, str] | None) -> list[CheckMessage]:
    """Kept apart from the asking, so that it can be judged without a server."""
    found: list[CheckMessage] = []
    if config and config["appendonly"] != "yes":
        mend = "Start Redis with --appendonly yes."
        found.append(Error("Redis would lose its messages when it is killed.", hint=mend, id="acr.redis-aof"))
    if config and config["maxmemory-policy"] != "noeviction":
        mend = "Start Redis with --maxmemory-policy noeviction."
        found.append(Error("Redis would drop messages when it is full.", hint=mend, id="acr.redis-eviction"))
    return found


def refuse_unsafe() -> None:
    """Stop here with a sentence for each danger: gunicorn and Celery run no checks of their own."""
    django.setup()
    errors = [message for message in run_checks(tags=[Tags.security]) if message.is_serious()]
    if not errors:
        return
    print("The program does not start, because its settings are unsafe:", file=sys.stderr)
    for error in errors:
        print(f"  - {error.msg} {error.hint or ''}".rstrip(), file=sys.stderr)
    sys.stderr.flush()
    raise SystemExit(BOOT_FAILED)
