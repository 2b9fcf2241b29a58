"""One line per event: who, what, when in UTC, which request; never a password, a token or a cookie."""

import logging
import re
import time
import uuid
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

SECRET = re.compile(r"(?i)pass(word|phrase)?|secret|token|cookie|authori[sz]ation|session|csrf|otp|api_?key|credential")
SECRET_IN_TEXT = re.compile(r"(?i)\b(password|token|secret|code|key)=([^&\s\"']+)")
TOKEN_IN_PATH = re.compile(r"(?<=/)[A-Za-z0-9_-]{32,}(?=[/.]|$)")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
log = structlog.get_logger("acr.request")


def hide_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Fields that sound like a secret keep their name and lose their value; texts lose what follows `password=`."""
    for name, value in event.items():
        if SECRET.search(name) and name != "event":
            event[name] = "hidden"
        elif isinstance(value, str):
            event[name] = clean(value, keep_lines=name in {"exception", "stack"})
    return event


def clean(text: str, *, keep_lines: bool = False) -> str:
    """A text that cannot start a line of its own and shows no secret it carries in the open."""
    text = TOKEN_IN_PATH.sub("hidden", SECRET_IN_TEXT.sub(r"\1=hidden", text))
    return text if keep_lines else CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def path_of(request: HttpRequest) -> str:
    """The path without its query, and without the tokens that stand in mail links."""
    return TOKEN_IN_PATH.sub("hidden", request.path)


class RequestLog:
    """Gives each request an id, binds it to every line written meanwhile, and writes one line at the end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.id = uuid.uuid4().hex  # type: ignore[attr-defined]
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request.id):  # type: ignore[attr-defined]
            response = self.get_response(request)
            response["X-Request-ID"] = request.id  # type: ignore[attr-defined]
            if not request.path.startswith(("/static/", "/healthz")):
                self.write(request, response, started)
        return response

    def write(self, request: HttpRequest, response: HttpResponseBase, started: float) -> None:
        """Who is read only from a session already loaded: logging never asks the database."""
        user = getattr(request, "_cached_user", None)
        log.info(
            "request",
            method=request.method,
            path=path_of(request),
            status=response.status_code,
            person=getattr(user, "pk", None),
            address=request.META.get("REMOTE_ADDR"),
            ms=round((time.perf_counter() - started) * 1000),
        )


def expected(record: logging.LogRecord) -> bool:
    """A refusal that a page has said in a sentence is no fault: one line, without the way it came."""
    if record.exc_info and isinstance(record.exc_info[1], PermissionDenied):
        record.exc_info, record.exc_text = None, None
        record.levelno, record.levelname = logging.INFO, "INFO"
    return True


def configure(*, level: str, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING; sets structlog up to speak through it. No mail to administrators: it would carry the page."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.format_exc_info]
    last += [
        hide_secrets,
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "processors": last, "foreign_pre_chain": shared}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"expected": {"()": lambda: expected}},
        "formatters": {"line": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"filters": ["expected"]},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "celery": {"level": "WARNING"},
            "kombu": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "WARNING"},
        },
    }
