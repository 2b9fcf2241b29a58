"""The way to the printer: a drop where he picks orders up, or his own address that they are posted to (R-24)."""

from __future__ import annotations

import json
from base64 import b64encode

from django.conf import settings
from django.utils.translation import gettext as _

from acr_program.files import drop
from acr_program.files.errors import Corrupt
from acr_program.outbox import webhook

from .choices import DocumentStatus
from .models import PrintOrder
from .ticket import as_json, as_page, ticket_of


def hand_over(order: PrintOrder, round_: int, token: str) -> None:
    """The sealed file, the ticket for people, the ticket for programs: in this order, so that the last says all are there."""
    data = sealed_bytes(order)
    ticket = ticket_of(order, round_, token)
    give(order, {
        f"{order.name}.pdf": data,
        f"{order.name}-ticket.pdf": as_page(order, ticket),
        f"{order.name}-ticket.json": as_json(ticket),
    }, key=f"{order.name}-{round_}")  # fmt: skip


def take_back(order: PrintOrder, round_: int) -> None:
    """What still lies in the drop is taken away, and a word says that nothing is to be printed any more."""
    word = as_json({"order": order.name, "round": round_, "recalled": True})
    if not settings.ACR_PRINT_WEBHOOK:
        drop.clear(
            settings.ACR_PRINT_DROP, [f"{order.name}-ticket.json", f"{order.name}-ticket.pdf", f"{order.name}.pdf"]
        )
    give(order, {f"{order.name}-recalled.json": word}, key=f"{order.name}-{round_}")


def sealed_bytes(order: PrintOrder) -> bytes:
    """The bytes that were approved, proved once more at the last moment; anything else is handed to nobody (I6)."""
    document, file = order.document, order.file
    sealed = document.status == DocumentStatus.SEALED and document.manifest_id == file.manifest_id
    if not sealed or file.file.sha256 != order.sha256:
        raise Corrupt(
            _("The file of %(order)s is none of the document as it was approved, so it is not handed over.")
            % {"order": order.name}
        )
    return file.read()


def give(order: PrintOrder, files: dict[str, bytes], *, key: str) -> None:
    if not settings.ACR_PRINT_WEBHOOK:
        drop.lay(settings.ACR_PRINT_DROP, files)
        return
    ticket = next(json.loads(data) for name, data in files.items() if name.endswith(".json"))
    given = [{"name": name, "content": b64encode(data).decode()} for name, data in files.items()]
    body = json.dumps({"ticket": ticket, "files": given}).encode()
    webhook.call(settings.ACR_PRINT_WEBHOOK, settings.ACR_PRINT_WEBHOOK_SECRET, body, key=key)
