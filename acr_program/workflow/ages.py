"""Since when things are in the state they are in: told by the log, shown in lists (feature 19)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import DateTimeField, F, OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy, ngettext

from acr_program.people.prepared import Prepared
from acr_program.ui import markup
from acr_program.ui.columns import Column
from acr_program.ui.kept import gettext as _
from acr_program.ui.kept import language

from .log import LogEntry


def with_since(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows, each knowing when it came into its state; read for the rows shown alone, in the same query."""
    kind = ContentType.objects.get_for_model(rows.model)
    found: QuerySet[Any] = rows.annotate(since=Prepared(rows.model, last_step, kind.pk, of=DateTimeField()))
    return found


def last_step(kind: int) -> Subquery:
    steps = LogEntry.objects.filter(content_type=kind, object_id=OuterRef("pk")).exclude(before=F("after"))
    return Subquery(steps.order_by("-version").values("at")[:1])


def age(row: Any) -> str:
    """Today; 1 day; 12 days."""
    if row.since is None:
        return ""
    days = (localdate() - localtime(row.since).date()).days
    return known_age(days, language()) if days > 0 else _("since today")


@lru_cache(maxsize=2048)
def known_age(days: int, _language: str | None) -> str:
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def age_column(tone: Callable[[Any], str]) -> Column:
    """How long a row is in its state, in the tone of how late it is; an export has the moment itself."""
    return Column(
        "since", gettext_lazy("In this state"), value=lambda row: shown(row, tone(row)), plain=lambda row: row.since,
        empty=gettext_lazy("not known"), nowrap=True,
    )  # fmt: skip


def shown(row: Any, tone: str) -> Any:
    words = age(row)
    return markup.toned(words, tone) if words and tone != "neutral" else words
