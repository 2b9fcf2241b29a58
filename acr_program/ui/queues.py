"""The rows of a queue in one string: Today draws a hundred of them."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from acr_program.ui.markup import attribute, safe
from acr_program.ui.parts import Waiting


def rows_of(rows: Iterable[Waiting]) -> SafeString:
    return SafeString("\n".join(map(row_of, rows)))


def row_of(row: Waiting) -> str:
    """When, what with its note, and the one act, which says for readers of the page aloud what it is of."""
    title, url = safe(row.title), safe(row.url)
    note = f"<small>{safe(row.note)}</small>" if row.note else ""
    act = ""
    if row.act:
        kind = attribute("data-kind", "main" if row.main else "")
        of = f'<span class="visually-hidden">: {title}</span>'
        where = safe(row.act_url) if row.act_url else url
        act = f'<a class="button" data-size="small"{kind} href="{where}">{safe(row.act)}{of}</a>'
    return (
        f'  <li class="queue__row" data-tone="{safe(row.tone or "neutral")}">\n'
        f'    <span class="queue__when">{safe(row.when)}</span>\n'
        f'    <div class="queue__what"><a href="{url}">{title}</a>{note}</div>\n'
        f'    <div class="queue__act">{act}</div>\n  </li>'
    )
