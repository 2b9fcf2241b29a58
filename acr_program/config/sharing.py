"""What web workers share: everything that is the same in each of them is loaded by their parent, before it forks.

Memory that nobody writes to is counted once for all of them (docs/bench.md); so the parent opens no connection, and what it
has loaded is set aside from the collector, which would write to each object that it looks at.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.signals import connection_created
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.urls import URLResolver, get_resolver
from django.utils.translation import activate, deactivate, gettext

CACHE = 2_000  # KiB of its own for each thread's connection to SQLite


def load() -> None:
    """In the parent: every page's code and template, and what models and languages work out once."""
    patterns(get_resolver().url_patterns)
    for name in templates():
        try:
            get_template(name)
        except (TemplateDoesNotExist, TemplateSyntaxError):
            continue  # a page that cannot be drawn says so when it is asked for
    for model in apps.get_models():
        model._meta.get_fields()
    activate(settings.LANGUAGE_CODE)
    gettext("yes")
    deactivate()
    connection_created.connect(small, dispatch_uid="acr.small")
    connections.close_all()  # none crosses a fork
    gc.collect()
    gc.freeze()


def patterns(found: Iterable[Any]) -> None:
    """Import whatever stands behind these addresses."""
    for one in found:
        if isinstance(one, URLResolver):
            patterns(one.url_patterns)


def templates() -> list[str]:
    """Our own pages and mails; documents are drawn elsewhere, and not by Django."""
    engines: list[dict[str, Any]] = settings.TEMPLATES
    roots = [Path(root) for engine in engines for root in engine["DIRS"]]
    files = [file.relative_to(root) for root in roots for end in ("html", "txt") for file in root.rglob(f"*.{end}")]
    return sorted(str(file) for file in files if file.parts[0] != "pdf")


def small(connection: Any, **_more: Any) -> None:
    """A worker has a connection for each of its threads: pages are read from the system's cache, and few are copied."""
    if connection.vendor == "sqlite":
        connection.connection.execute(f"PRAGMA cache_size = -{CACHE}")
