"""The letter to the customer: a PDF that a worker draws, ready among one's messages (K-22)."""

from __future__ import annotations

from typing import IO, Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from acr_program.exports.actions import ask
from acr_program.exports.models import Export, Format
from acr_program.jobs.errors import PermanentError
from acr_program.people.models import User
from acr_program.render import client
from acr_program.ui import shell
from acr_program.workflow.book import reading

from .models import Statement
from .pages.statements import StatementPage, Told

LETTER = "expectations-letter"


def ask_letter(statement: Statement, person: User) -> Export:
    title = _("Letter to %(account)s") % {"account": statement.membership.account.name}
    return ask({
        "person": person, "list_name": LETTER, "title": title[:120], "query": urlencode({"statement": statement.pk}),
        "kind": Format.PDF,
    })  # fmt: skip


def write_letter(export: Any, file: IO[bytes]) -> int:
    """Looked at again: hours may lie between the click and the worker."""
    asked = QueryDict(export.query)
    rows = Statement.objects.visible_to(export.person).for_page()
    statement = rows.filter(pk=asked.get("statement") or 0).first()
    if statement is None or not StatementPage(statement, export.person).has_letter:
        raise PermanentError(_("This letter is not yours to see, or holds no more, so nothing was written."))
    with reading():
        html = as_html(statement)
    file.write(client.render({"report": html}).files["report"])
    return 1


def as_html(statement: Statement) -> str:
    """The letter to whom it went last, or to the customer's main contact."""
    sending = statement.sendings.first()
    contact = statement.membership.account.contacts.first()
    to = sending.to_name if sending else contact.name if contact else ""
    said: dict[str, Any] = {"of": statement, "told": Told(statement.content), "to": to, "company": shell.company()}
    return render_to_string("pdf/expectations.html", said | {"account": statement.membership.account})
