"""The chapter of the document's versions: the sealed files themselves, and the receipt that proves who approved them."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

from acr_program.files.models import ManifestFile
from acr_program.files.packing import Content, portable
from reviews.choices import DocumentStatus
from reviews.models import Document, ReviewRequest
from reviews.pages.receipt import receipt_of

from .chapters import done
from .parts import Chapter, Reader

AMONG_OURSELVES = "internal"  # the edition with sources and notes in its margin


def documents(review: ReviewRequest, reader: Reader) -> Chapter:
    """Every version with what became of it; of the sealed one the files, byte for byte."""
    versions = list(review.documents.select_related("manifest").order_by("number"))
    files: dict[str, Content] = {}
    for version in versions:
        version.request = review
        if version.status == DocumentStatus.SEALED:
            files |= files_of(version, reader)
    heads = [_("Version"), _("State"), _("Pages"), _("Compiled"), _("Sealed"), _("Digest of its files")]
    rows = [row_of(version) for version in versions]
    return Chapter(_("The document"), _("No document was compiled."), heads=heads, rows=rows, files=files)


def row_of(version: Document) -> list[Any]:
    digest = version.manifest.digest if version.manifest else ""
    sealed, compiled = done(version, "seal"), done(version, "create")
    return [version.number, version.get_status_display(), version.pages or "", compiled, sealed, digest]


def files_of(version: Document, reader: Reader) -> dict[str, Content]:
    """The list is proved first; the bytes are proved as they go into the pack."""
    assert version.manifest is not None
    kept = [one for one in version.manifest.check_digest() if reader.internal or not is_internal(one)]
    folder = f"version-{version.number}"
    told = receipt_of(version)
    del told["printed_at"]  # when the receipt was asked for is no part of what it proves
    receipt = json.dumps(told, indent=2, ensure_ascii=False, sort_keys=True).encode()
    return {f"{folder}/{portable(one.name)}": one.file for one in kept} | {f"{folder}/receipt.json": receipt}


def is_internal(one: ManifestFile) -> bool:
    return PurePosixPath(one.name).stem == AMONG_OURSELVES
