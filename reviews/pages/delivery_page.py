"""What a customer's link leads to, or the sentence that says why it leads nowhere and whom to ask."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from acr_program.charter.models import Program
from acr_program.files.models import ManifestFile
from acr_program.links.errors import LinkRefused
from acr_program.links.models import Link
from reviews.actions.delivering import PURPOSE
from reviews.choices import DocumentStatus
from reviews.models import Document

SCREEN = "screen.pdf"


class NotOpen(Exception):
    """The link opens nothing; the sentence says why, `ask` whom to ask."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.sentence = sentences()[reason]
        self.known = reason != "unknown"
        program = Program.objects.select_related("manager").first()
        self.ask = program.manager if program else None


@dataclass(frozen=True)
class Delivery:
    """The sealed document that a link was made for."""

    link: Link
    document: Document
    file: ManifestFile


def delivery_of(token: str) -> Delivery:
    """The sealed screen edition behind this token; looking changes nothing, however often, whoever looks."""
    try:
        link = Link.find(token, PURPOSE)
    except LinkRefused as refused:
        raise NotOpen(refused.reason) from None
    document = Document.objects.for_page().select_related("request__recipient").filter(pk=link.object_id).first()
    if document is None or document.status != DocumentStatus.SEALED or document.manifest is None:
        raise NotOpen("revoked")
    return Delivery(link, document, document.manifest.file(SCREEN))


def sentences() -> dict[str, str]:
    return {
        "unknown": _(
            "This address opens nothing. Perhaps it was cut when the mail was forwarded: open it from the mail itself."
        ),
        "expired": _("This link has expired. The document is still there: ask for a new link."),
        "revoked": _("This link was withdrawn, because the document is being worked on again. You will get a new one."),
        "used": _("This link was used already. Ask for a new one."),
        "code": _("This link is closed. Ask for a new one."),
    }
