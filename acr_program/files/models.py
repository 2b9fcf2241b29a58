import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, Self

import structlog
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import disk
from .errors import Corrupt

logger = structlog.get_logger(__name__)
PIECE = 1 << 20


class KeptOnce(models.Model):
    """A row that is written once: other bytes are another row."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows are written once and never changed.")
        super().save(*args, **options)


class StoredFile(KeptOnce):
    """Some bytes the program keeps, known by their hash."""

    sha256 = models.CharField(gettext_lazy("sha-256"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(gettext_lazy("size in bytes"))
    kind = models.CharField(gettext_lazy("kind"), max_length=100)
    created_at = models.DateTimeField(gettext_lazy("kept since"), default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="storedfile_named_by_hash"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    def read(self, name: str = "") -> bytes:
        """The bytes, after proof that they are the ones that were kept (P9)."""
        try:
            data = disk.path_of(self.sha256).read_bytes()
        except OSError:
            data = None
        if data is None or len(data) != self.size or disk.sha256(data) != self.sha256:
            raise self.corrupt(name, missing=data is None)
        return data

    def pieces(self, name: str = "") -> Iterator[bytes]:
        """The bytes piece by piece, proved at their end: whoever passes them on lets go of all where Corrupt is raised."""
        proof, size = hashlib.sha256(), 0
        try:
            with disk.path_of(self.sha256).open("rb") as file:
                while piece := file.read(PIECE):
                    proof.update(piece)
                    size += len(piece)
                    yield piece
        except OSError as error:
            raise self.corrupt(name, missing=True) from error
        if size != self.size or proof.hexdigest() != self.sha256:
            raise self.corrupt(name, missing=False)

    def prove(self, name: str = "") -> None:
        """Raise Corrupt where these are not the bytes that were kept, without holding them."""
        for _piece in self.pieces(name):
            pass

    def corrupt(self, name: str, *, missing: bool) -> Corrupt:
        logger.critical("stored_file_corrupt", file=self.sha256, missing=missing)
        words = _("is missing from the store") if missing else _("is no longer what was stored")
        return Corrupt(
            _("The file %(name)s %(words)s, so it is not handed out. Restore it from the backup.")
            % {"name": name or self.sha256[:12], "words": words}
        )


class Manifest(KeptOnce):
    """The files that belong together and what they were made from, under one digest."""

    inputs_sha256 = models.CharField(gettext_lazy("hash of the inputs"), max_length=64)
    digest = models.CharField(gettext_lazy("digest"), max_length=64, db_index=True)
    created_at = models.DateTimeField(gettext_lazy("sealed at"), default=now)

    def __str__(self) -> str:
        return self.digest[:12]

    @classmethod
    def seal(cls, files: Iterable[tuple[str, StoredFile, int]], *, inputs: str) -> Self:
        """Write down names, files and pages under the hash of the inputs."""
        rows = [ManifestFile(name=name, file=file, pages=pages) for name, file, pages in files]
        manifest = cls(inputs_sha256=inputs, digest=digest_of(rows, inputs))
        manifest.save()
        for row in rows:
            row.manifest = manifest
        ManifestFile.objects.bulk_create(rows)
        return manifest

    def rows(self) -> "list[ManifestFile]":
        """The files in the order of their names, read once: what is sealed stays as it is."""
        return self._rows

    @cached_property
    def _rows(self) -> "list[ManifestFile]":
        return list(self.files.select_related("file").order_by("name"))

    def file(self, name: str) -> "ManifestFile":
        """One file of the seal, by name."""
        return self.files.select_related("file", "manifest").get(name=name)

    def check_digest(self) -> "list[ManifestFile]":
        """Refuse when the rows are not the ones that were sealed."""
        self.__dict__.pop("_rows", None)  # read anew: somebody may have been at the rows
        rows = self.rows()
        if digest_of(rows, self.inputs_sha256) != self.digest:
            logger.critical("manifest_corrupt", manifest=self.pk)
            raise Corrupt(
                _("The list of files %(digest)s was changed after it was sealed. Restore it from the backup.")
                % {"digest": self.digest[:12]}
            )
        return rows

    def prove(self) -> None:
        """Refuse, naming the file, when the list or any stored byte is not what was sealed."""
        for row in self.check_digest():
            row.file.read(row.name)


class ManifestFile(KeptOnce):
    """One file of a manifest, under the name people know it by."""

    manifest = models.ForeignKey(Manifest, models.CASCADE, related_name="files")
    name = models.CharField(gettext_lazy("name"), max_length=120)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField(gettext_lazy("pages"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["manifest", "name"], name="manifest_names_once")]

    def __str__(self) -> str:
        return self.name

    def read(self, name: str = "") -> bytes:
        """The sealed bytes: the list is proved first, for a row may have been pointed at another file."""
        self.manifest.check_digest()
        return self.file.read(name or self.name)


def digest_of(rows: Iterable[ManifestFile], inputs: str) -> str:
    """One hash over the inputs and every name, hash, size and number of pages."""
    listed = sorted((row.name, row.file.sha256, row.file.size, row.pages) for row in rows)
    text = json.dumps({"files": listed, "inputs": inputs}, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
