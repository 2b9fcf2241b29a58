"""One compiled version of the customer's document."""

from __future__ import annotations

import re
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.files.models import Manifest, ManifestFile
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import administrators, the_clock
from acr_program.ui.addresses import address_of
from acr_program.workflow.machine import Machine
from acr_program.workflow.perform import perform
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import DocumentStatus as S
from .request import ReviewRequest


class DocumentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> DocumentQuerySet:
        return self.filter(request__in=ReviewRequest.objects.visible_to(user).values("pk"))

    def for_page(self) -> DocumentQuerySet:
        return self.select_related("request__account", "request__year", "request__rep", "manifest")


class Document(Machine):
    """One compiled version: its editions, made in one rendering, and the manifest that names their bytes."""

    STATES = S
    LOCKS = "request"
    READS = ("request__account", "request__year", "request__rep", "manifest")

    request = models.ForeignKey(
        ReviewRequest, models.CASCADE, related_name="documents", verbose_name=_("review request")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    manifest = models.ForeignKey(Manifest, models.PROTECT, null=True, editable=False, related_name="+")
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, editable=False)
    begun_at = models.DateTimeField(auto_now_add=True)
    error = models.TextField(_("what went wrong"), blank=True, editable=False)
    received_by = models.CharField(
        _("received by"), max_length=120, blank=True, editable=False
    )  # as the customer said it
    received_at = models.DateTimeField(_("received at"), null=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.PENDING, protected=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        ordering = ("request", "-number")
        indexes = (models.Index(fields=["request"], name="document_failed", condition=Q(status=S.FAILED)),)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="document_status_known"),
            models.UniqueConstraint(fields=["request", "number"], name="document_number_once"),
            models.CheckConstraint(
                condition=~Q(status__in=[S.READY, S.SEALED]) | Q(manifest__isnull=False),
                name="document_ready_has_manifest",
            ),
        )

    def __str__(self) -> str:
        return _("%(request)s, document version %(number)s") % {"request": self.request, "number": self.number}

    def get_absolute_url(self) -> str:
        return address_of("reviews:document", self.pk)

    @property
    def account_id(self) -> int:
        return self.request.account_id

    @property
    def waiter(self) -> User:
        return self.request.rep

    @cached_property
    def print_file(self) -> ManifestFile | None:
        """The edition that a printer gets: the one in the inks of the office's printer where there is one (R-18)."""
        rows = {row.name: row for row in self.manifest.rows()} if self.manifest else {}
        return rows.get("cmyk.pdf") or rows.get("print.pdf")

    # What the rendering job says (acr_program.render)

    @classmethod
    def numbered(cls, printed: str) -> Document | None:
        """The version whose pages carry this number: R12-3 is the third of request 12."""
        found = re.fullmatch(r"R(\d{1,18})-(\d{1,4})", printed)
        return cls.objects.for_page().filter(request=found[1], number=found[2]).first() if found else None

    def render_inputs(self) -> dict[str, Any]:
        """The plain data that the document is made of, as they stand now."""
        from ..compiler import inputs_of

        return inputs_of(self)

    def on_rendered(self, manifest: Manifest, pages: int) -> None:
        """The rendering is there; a document that is no longer waited for keeps its state."""
        from ..carrying import note_carried

        fresh = Document.objects.get(pk=self.pk)
        if fresh.status == S.PENDING:
            note_carried(fresh)
            perform(fresh, "rendered", by=User.objects.clock(), seen=fresh.version, manifest=manifest, pages=pages)

    def on_render_failed(self, sentence: str) -> None:
        fresh = Document.objects.get(pk=self.pk)
        if fresh.status == S.PENDING:
            perform(fresh, "failed", by=User.objects.clock(), seen=fresh.version, comment=sentence)

    @step(status, S.PENDING, S.READY, label=_("Rendered"), by=[the_clock])
    def rendered(self, *, by: User, manifest: Manifest, pages: int) -> None:
        self.manifest, self.pages, self.error = manifest, pages, ""

    @step(
        status, S.PENDING, S.FAILED, label=_("Rendering failed"), by=[the_clock], form="acr_program.workflow.forms.CommentForm",
        tells=[rules.the_office_of_document], mail="failed",
        awaits=[Await(_("Mend what stopped the rendering and try again"), Role.ADMIN, "render_again", days=1)],
    )  # fmt: skip
    def failed(self, *, by: User, comment: str) -> None:
        self.error = comment

    @step(status, S.FAILED, S.PENDING, label=_("Render again"), by=[administrators], needs=[rules.request_compiling])
    def render_again(self, *, by: User) -> None:
        """Compiled again from the content as it stands, and rendered."""
        self.error = ""

    @step(status, S.READY, S.SEALED, label=_("Sealed"), by=[the_clock])
    def seal(self, *, by: User, approvals: Any = ()) -> None:
        """From now on only the files of its manifest are printed, mailed and downloaded (R-17); the log says of which approvals."""

    @step(status, [S.PENDING, S.READY, S.FAILED, S.SEALED], S.VOID, label=_("Void"), by=[the_clock])
    def void(self, *, by: User) -> None:
        """Replaced by a later version, or the review was cancelled."""
