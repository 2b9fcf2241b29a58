import json
from datetime import timedelta
from typing import Any, Protocol, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from liquid.exceptions import LiquidError

from acr_program.files.errors import Corrupt
from acr_program.files.models import Manifest, StoredFile
from acr_program.files.store import store
from acr_program.jobs.errors import LeaseLost, PermanentError
from acr_program.jobs.faults import fault
from acr_program.jobs.models import Job

from . import client, editions, look
from .checking import InputError
from .document import compose
from .errors import RenderError

PASSING = f"{RenderError.__name__}: "  # how a job keeps an error that another try may mend


class Rendered(Protocol):
    """What a rendering asks of the thing it is about; its machine takes the step."""

    @classmethod
    def numbered(cls, printed: str) -> Self | None: ...
    def render_inputs(self) -> dict[str, Any]: ...
    def on_rendered(self, manifest: Manifest, pages: int) -> None: ...
    def on_render_failed(self, sentence: str) -> None: ...


class Stage(models.TextChoices):
    """How far a rendering has come, for the page that waits for it."""

    QUEUED = "queued", gettext_lazy("waiting for the renderer")
    COMPOSING = "composing", gettext_lazy("putting the sections together")
    RENDERING = "rendering", gettext_lazy("laying out the pages")
    STORING = "storing", gettext_lazy("storing the files")
    DONE = "done", gettext_lazy("done")


class Rendering(Job):
    """One document to be made: its inputs, kept from the first try on, and the manifest of what came of them."""

    QUEUE = "render"
    WALL = timedelta(seconds=180)  # four editions within the renderer's own limits, and waiting for a free one
    BATCH = 1

    inputs = models.ForeignKey(StoredFile, models.PROTECT, null=True, editable=False, related_name="+")
    content_type = models.ForeignKey(ContentType, models.CASCADE, editable=False, related_name="+")
    object_id = models.PositiveBigIntegerField(editable=False)
    about = GenericForeignKey()
    manifest = models.ForeignKey(Manifest, models.PROTECT, null=True, editable=False, related_name="+")
    stage = models.CharField(gettext_lazy("stage"), max_length=9, choices=Stage, default=Stage.QUEUED, editable=False)
    seconds = models.FloatField(gettext_lazy("seconds"), null=True, editable=False)

    class Meta(Job.Meta):
        verbose_name = gettext_lazy("rendering")
        verbose_name_plural = gettext_lazy("renderings")
        indexes = [*Job.Meta.indexes, models.Index(fields=["content_type", "object_id"], name="rendering_about")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.content_type.name} {self.object_id}"

    @classmethod
    def ask(cls, about: models.Model) -> Self:
        """Ask for a document; call it inside the transaction that makes the document wait."""
        rendering = cls.objects.create(about=about)
        rendering.ring()
        return rendering

    @classmethod
    def latest(cls, about: models.Model) -> Self | None:
        """The last rendering asked for, for the page that shows its progress."""
        kind = ContentType.objects.get_for_model(about)
        return cls.objects.filter(content_type=kind, object_id=about.pk).order_by("pk").last()

    @classmethod
    def known_as(cls, name: str) -> Self | None:
        """The last finished rendering of the document with this id or printed number, or else the one numbered so."""
        finished = cls.objects.select_related("inputs", "manifest").filter(inputs__isnull=False, manifest__isnull=False)
        if name.isdecimal():
            return finished.filter(object_id=name).order_by("pk").last() or finished.filter(pk=name).first()
        for kind in ContentType.objects.filter(pk__in=finished.values("content_type")):
            model: Any = kind.model_class()
            if about := model and model.numbered(name):
                return finished.filter(content_type=kind, object_id=about.pk).order_by("pk").last()
        return None

    def work(self) -> None:
        """Inputs, pages, files, seal: each is kept as soon as it is there, so a repeat goes on where this one ended."""
        about: Rendered | None = self.about
        if about is None:
            raise PermanentError(_("What was to be rendered is no longer there."))
        try:
            if self.manifest is None:
                self.make(self.kept_inputs(about))
        except (InputError, Corrupt, LiquidError) as error:
            raise PermanentError(str(error)) from error
        except RenderError as error:
            raise PermanentError(error.sentence) if error.permanent else error from error
        fault("rendering_sealed")
        with self.settle():
            self.note(stage=Stage.DONE)
            assert self.manifest is not None
            pages = min(
                row.pages for row in self.manifest.rows()
            )  # printed editions may have blank leaves at their end
            about.on_rendered(self.manifest, pages)

    def kept_inputs(self, about: Rendered) -> dict[str, Any]:
        """What the document is made of, as it stood when the rendering first began."""
        self.note(stage=Stage.COMPOSING)
        if self.inputs is None:
            inputs = editions.of_office() | about.render_inputs()
            self.note(inputs=store(canonical(inputs), "application/json"))
        assert self.inputs is not None
        kept: dict[str, Any] = json.loads(self.inputs.read(_("the inputs")))
        return kept

    def make(self, inputs: dict[str, Any]) -> None:
        """Render every edition at once and seal the files under the hash of their inputs (design rule 6)."""
        html = compose(inputs)
        self.note(stage=Stage.RENDERING)
        rendered = client.render(html, look.assets(inputs.get("look")))
        fault("rendering_rendered")
        self.note(stage=Stage.STORING)
        files = [
            (f"{edition}.pdf", store(data, "application/pdf"), rendered.pages[edition])
            for edition, data in sorted(rendered.files.items())
        ]
        assert self.inputs is not None
        with transaction.atomic():
            manifest = Manifest.seal(files, inputs=self.inputs.sha256)
            self.note(manifest=manifest, seconds=round(rendered.seconds, 3))

    def note(self, **fields: Any) -> None:
        """Write down how far this worker has come; whoever lost the lease writes nothing more."""
        if not self._write(**fields):
            raise LeaseLost(f"{self._meta.label} {self.pk}")

    def on_failed(self) -> None:
        """The document learns why, in words, and can be tried again."""
        about: Rendered | None = self.about
        if about is not None:
            about.on_render_failed(self.error.removeprefix(PASSING))


def canonical(inputs: dict[str, Any]) -> bytes:
    """The inputs as bytes that are the same for the same inputs."""
    return json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
