"""One version of the document: its state, its files under their hashes, who decided on it; and who may open a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.desk.beside.showing import Beside
from acr_program.files.errors import Corrupt
from acr_program.files.models import ManifestFile
from acr_program.people.models import User
from acr_program.render.models import Rendering, Stage
from acr_program.ui.parts import Happening
from acr_program.workflow.offers import Offer, offers
from reviews.choices import DocumentStatus as S
from reviews.models import Approval, Document

from .approval_page import may_read_ready
from .composed import Composed, composed, inputs_of_versions, marked
from .remembered import Reminder, remembered
from .timeline import happenings

EDITIONS = {
    "screen": (gettext_lazy("The document"), gettext_lazy("what the customer opens, and the leaders approve")),
    "print": (gettext_lazy("For print"), gettext_lazy("the same pages in whole leaves, for a printer or a copier")),
    "cmyk": (gettext_lazy("For the print shop"), gettext_lazy("the same pages in the inks of the print shop’s own profile")),
    "internal": (
        gettext_lazy("For the office alone"),
        gettext_lazy("with the source and the owner of each section in the margin; never for the customer"),
    ),
}  # fmt: skip
PLACES = list(Stage)
PREPARED = (S.PENDING, S.READY, S.FAILED)


class NothingToOpen(Exception):
    """There is no file to hand out in this state; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass
class DocumentPage:
    """One version as this reader sees it."""

    of: Document
    user: User

    @cached_property
    def offers(self) -> list[Offer]:
        return offers(self.of, self.user)

    @cached_property
    def approvals(self) -> list[Approval]:
        return list(self.of.approvals.select_related("approver").order_by("place"))

    @cached_property
    def files(self) -> list[ManifestFile]:
        return self.of.manifest.rows() if self.of.manifest else []

    @property
    def editions(self) -> list[tuple[ManifestFile, Any, Any]]:
        """Each file with what it is, and for whom: what the customer reads comes first."""
        order = [*EDITIONS]
        rows = [(row, row.name.partition(".")[0]) for row in self.files]
        rows.sort(key=lambda one: order.index(one[1]) if one[1] in EDITIONS else len(order))
        return [(row, *EDITIONS.get(key, (row.name, ""))) for row, key in rows]

    @property
    def may_open(self) -> bool:
        if self.of.status == S.READY:
            return may_read_ready(self.user, self.of, self.approvals)
        return self.of.status == S.SEALED

    @cached_property
    def marked(self) -> list[Composed]:
        """Sections that deviate from the standard or are stale, as this very version says them."""
        try:
            return marked(composed(inputs_of_versions([self.of]).get(self.of.pk)))
        except Corrupt:  # said where the file is opened
            return []

    @cached_property
    def rendering(self) -> Rendering | None:
        return Rendering.latest(self.of) if self.of.status == S.PENDING else None

    @property
    def done(self) -> int:
        """How many of the stages of the rendering are behind it."""
        return PLACES.index(Stage(self.rendering.stage)) if self.rendering else 0

    @property
    def all_stages(self) -> int:
        return len(PLACES) - 1

    @cached_property
    def remembered(self) -> list[Reminder]:
        """While it is being prepared: a sealed version has been decided on."""
        return remembered(self.of.request) if self.of.status in PREPARED else []

    @cached_property
    def happened(self) -> list[Happening]:
        return happenings(self.of.log().for_timeline()[:20], {Document: {self.of.pk: str(self.of.number)}})

    @cached_property
    def beside(self) -> Beside:
        """What people said, attached, and who is on it."""
        return Beside(self.of, self.user)


def check_readable(document: Document, user: User) -> None:
    """What is sealed is for whoever reads the review, what is ready for office and approvers; nobody reads anything else.

    Raises PermissionDenied or NothingToOpen, with the sentence.
    """
    if document.status == S.READY:
        if not may_read_ready(user, document, list(document.approvals.all())):
            raise PermissionDenied(
                _("Until every leader has approved, the document is for the office and the approvers.")
            )
    elif document.status != S.SEALED:
        raise NothingToOpen(NO_FILE[document.status]())


def file_of(document: Document, user: User, name: str) -> ManifestFile:
    """The file by its name, for whoever may read this version."""
    check_readable(document, user)
    assert document.manifest is not None
    try:
        return document.manifest.file(name)
    except ManifestFile.DoesNotExist:
        raise NothingToOpen(
            _("This version has no file of that name. Open its page and choose one of those listed.")
        ) from None


NO_FILE = {
    S.PENDING: lambda: _("The document is still being rendered. Come back in a minute."),
    S.FAILED: lambda: _(
        "The document could not be rendered, so there is no file. The program office is asked to mend it."
    ),
    S.VOID: lambda: _(
        "This version is void: a later one takes its place, or the review was cancelled. Open the review to see which."
    ),
}


def download_name(document: Document, name: str) -> str:
    """What the file is called on the reader's desk."""
    review = document.request
    stem, _dot, ending = name.rpartition(".")
    edition = "" if stem == "screen" else f", {stem}"
    audience = review.get_audience_display().lower()
    return f"{review.account.name}, {audience} review {review.year.label}{edition}.{ending}"
