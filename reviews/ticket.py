"""The job ticket: what the printer is asked for, as data and as one page."""

from __future__ import annotations

import json
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from acr_program.outbox.render import absolute
from acr_program.render import client
from acr_program.ui import shell

from .models import PrintOrder

NOBODY = shell.Contact("", "")


def ticket_of(order: PrintOrder, round_: int, token: str) -> dict[str, Any]:
    """The same for the same order, round and link."""
    file, contact = order.file, shell.contact() or NOBODY
    return {
        "order": order.name,
        "round": round_,
        "review": str(order.request),
        "copies": order.copies,
        "paper": order.get_paper_display(),
        "binding": order.get_binding_display(),
        "ship_to": order.ship_to,
        "needed_by": order.needed_by.isoformat(),
        "reprint": order.reason,
        "file": {
            "name": f"{order.name}.pdf", "edition": file.name, "pages": file.pages, "size": file.file.size, "sha256": order.sha256,
        },
        "status": absolute(reverse("reviews:printer", args=[token])),
        "contact": {"name": contact.name, "email": contact.email},
    }  # fmt: skip


def as_json(ticket: dict[str, Any]) -> bytes:
    return json.dumps(ticket, indent=2, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def as_page(order: PrintOrder, ticket: dict[str, Any]) -> bytes:
    """One page for whoever stands at the machine, drawn in the limited child like every document."""
    html = render_to_string("pdf/ticket.html", {"order": order, "ticket": ticket, "company": shell.company()})
    return client.render({"ticket": html}).files["ticket"]
