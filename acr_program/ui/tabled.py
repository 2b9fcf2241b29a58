"""A list's table in one string: a template that drew it cell by cell took half of the page's time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from acr_program.ui import markup

if TYPE_CHECKING:
    from acr_program.ui.lists import Head, ListPage

PICK_ALL = (
    '<th role="columnheader" scope="col" class="table__pick"><label><input type="checkbox" data-pick-all>'
    '<span class="visually-hidden">{}</span></label></th>'
)
PICK = (
    '<td role="cell" class="table__pick"><label><input type="checkbox" name="pick" value="{}">'
    '<span class="visually-hidden">{}</span></label></td>'
)
WHOLE = (
    '<table class="table" role="table" data-phone="cards" data-inset>\n  <thead role="rowgroup">'
    '<tr role="row">{}</tr></thead>\n  <tbody role="rowgroup">\n{}\n  </tbody>\n</table>'
)


def table_of(page: ListPage) -> SafeString:
    """Heads and rows, with a tick in front of each row where something can be done with it."""
    heads = "".join(head_of(head) for head in page.heads)
    if not page.picks:
        rows = "\n".join(f'    <tr role="row">{row.cells}</tr>' for row in page.rows)
        return SafeString(WHOLE.format(heads, rows))
    heads = PICK_ALL.format(markup.safe(_("Choose all on this page"))) + heads
    choose = _("Choose %(name)s")
    rows = "\n".join(f'    <tr role="row">{tick(row.of, choose)}{row.cells}</tr>' for row in page.rows)
    return SafeString(WHOLE.format(heads, rows))


def head_of(head: Head) -> str:
    label = markup.safe(head.column.label)
    if head.column.hidden_label:
        label = f'<span class="visually-hidden">{label}</span>'
    elif head.url:
        label = f'<a href="{markup.safe(head.url)}">{label}</a>'
    return f'<th role="columnheader" scope="col"{head.attrs}>{label}</th>'


def tick(of: Any, choose: str) -> str:
    return PICK.format(of.pk, markup.safe(choose % {"name": of}))
