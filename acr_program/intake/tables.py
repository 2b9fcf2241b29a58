"""The lists of imports: files, and the rows of one."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from acr_program.ui import markup
from acr_program.ui.lists import Column, Sort, Table
from acr_program.ui.phrases import number

from .choices import Outcome
from .kinds import Kind, kinds
from .models import Batch, BatchRow

SHOWN = 20
BREAK, BESIDE = SafeString("<br>"), SafeString(" · ")


def counted(counts: dict[str, int]) -> str:
    """12 new, 3 changed."""
    words = dict(Outcome.choices) | {"undone": _("undone"), "left": _("left as they are")}
    return ", ".join(f"{number(counts[name])} {word}" for name, word in words.items() if counts.get(name))


def title_of(batch: Batch) -> str:
    kind = kinds().get(batch.kind)
    return str(kind.title) if kind else batch.kind


BATCHES = Table(
    columns=[
        Column("file_name", later("File"), link=True, sub=title_of),
        Column("status", later("State")),
        Column("counts", later("Rows"), value=lambda batch: counted(batch.counts), empty=later("not counted yet")),
        Column("uploaded_by", later("By"), value="uploaded_by.name"),
        Column("uploaded_at", later("Uploaded"), nowrap=True, sort="newest"),
    ],
    sorts=[Sort("newest", later("newest"), "-uploaded_at", "-id")],
    noun=(later("import"), later("imports")),
    also=[Column("kind", later("What it brings"), value=title_of), Column("error", later("What is wrong with it"))],
)


def rows_of(kind: type[Kind], *, pick: bool = False) -> Table:
    """The rows of one file, in its order: what becomes of each, field by field."""
    labels = kind.words()
    fields = {one.name: one for one in kind.fields}

    def said(name: str, value: Any, row: BatchRow) -> Any:
        """As pages say it; the cells of a refused row as they stand in the file."""
        known = value and row.outcome != Outcome.REFUSED and name in fields
        return fields[name].said(value) if known else value

    def what(row: BatchRow) -> Any:
        old = row.old.get("old", {}) if row.outcome == Outcome.SIMILAR else row.old
        shown = [
            (labels.get(name, name), said(name, old.get(name), row), said(name, value, row))
            for name, value in row.values.items()
            if value or name in old
        ]
        parts = [pair(label, before, value) for label, before, value in shown[:SHOWN]]
        if len(shown) > SHOWN:
            parts.append(markup.quiet(_("and %(n)d more") % {"n": len(shown) - SHOWN}))
        between = BREAK if old else BESIDE  # what changes stands line by line, what is new in a few
        return format_html_join(between, "{}", [(part,) for part in parts]) if parts else ""

    return Table(
        columns=[
            Column("label", later("What"), sub=lambda row: _("row %(n)d") % {"n": row.number}),
            Column(
                "outcome", later("What becomes of it"), value=outcome_of, plain=lambda row: row.get_outcome_display()
            ),
            Column("reason", later("Why"), empty="", whole=True),
            Column("values", later("Values"), value=what, empty=later("nothing"), whole=True),
        ],
        sorts=[Sort("number", later("row"), "number", "id")],
        noun=(later("row"), later("rows")),
        pick=pick,
    )


def pair(label: str, before: Any, value: Any) -> Any:
    if before is None:
        return format_html('<span class="quiet">{}</span> {}', label, value)
    return format_html(
        '<span class="quiet">{}</span> <del>{}</del> → <ins>{}</ins>',
        label,
        before or _("nothing"),
        value or _("nothing"),
    )


def outcome_of(row: BatchRow) -> Any:
    tone = Outcome.tones[row.outcome]
    decided = row.get_choice_display() if row.outcome == Outcome.SIMILAR else ""
    return (
        markup.under(markup.badge(Outcome(row.outcome).label, tone), decided)
        if decided
        else markup.badge(Outcome(row.outcome).label, tone)
    )
