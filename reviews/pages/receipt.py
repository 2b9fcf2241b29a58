"""The receipt of an approval: who approved which bytes, when; `bin/check-receipt` proves it offline against the files (M6)."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _

from acr_program.workflow.log import LogEntry
from reviews.choices import ApprovalStatus, DocumentStatus
from reviews.models import Approval, Document

from .document_page import NO_FILE, NothingToOpen, download_name

FORM = "acr-approval-receipt/2"


def receipt_of(document: Document) -> dict[str, Any]:
    """The manifest that was sealed, each approval with what it signs, and the rows of the log that say so.

    Raises NothingToOpen where nothing is sealed, Corrupt where the list of files is not the one that was sealed.
    """
    if document.status != DocumentStatus.SEALED or document.manifest is None:
        waits = _("Nothing is sealed yet: the receipt is there once every leader has approved.")
        raise NothingToOpen(NO_FILE[document.status]() if document.status in NO_FILE else waits)
    manifest, review = document.manifest, document.request
    files = [
        {"name": row.name, "sha256": row.file.sha256, "size": row.file.size, "pages": row.pages,
         "saved_as": download_name(document, row.name)}
        for row in manifest.check_digest()
    ]  # fmt: skip
    given = document.approvals.filter(status=ApprovalStatus.APPROVED).select_related("approver").order_by("place")
    return {
        "form": FORM,
        "review": {
            "number": f"R{review.pk}", "account": review.account.name, "audience": review.audience,
            "year": review.year.label, "version": document.number,
        },
        "manifest": {"digest": manifest.digest, "inputs": manifest.inputs_sha256, "files": files},
        "approvals": [approval_in(approval) for approval in given],
        "sealed": sealed(document),
        "printed_at": now().isoformat(),
    }  # fmt: skip


def approval_in(approval: Approval) -> dict[str, Any]:
    """Whose approval it is, what it signs, and its whole log, with both names where a stand-in acted."""
    return {"approver": approval.approver.name, "signs": approval.signs, "log": log_of(approval)}


def sealed(document: Document) -> dict[str, Any]:
    """The log of the version up to its seal, and what the seal says: of which approvals it was made."""
    entry = document.log().filter(step="seal").select_related("detail").last()
    detail = getattr(entry, "detail", None)
    said = detail and {"salt": detail.salt, "comment": detail.comment, "data": detail.data}
    return {"log": log_of(document), "said": said}


def log_of(thing: Approval | Document) -> list[dict[str, Any]]:
    """Every row from the first on, so that one that is cut out is missed."""
    return [logged(entry) for entry in thing.log().select_related("by", "on_behalf_of").order_by("version")]


def logged(entry: LogEntry) -> dict[str, Any]:
    """A row of the log with all that its hash covers."""
    return {
        "by": entry.by_name, "at": entry.at.isoformat(), "facts": entry.facts(), "previous": entry.previous,
        "hash": entry.hash,
    }  # fmt: skip
