"""The log: one row for each step and edit, chained by hash within each object (docs/promises.md, rule 16; P35)."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.jobs.faults import fault

from . import words

ROOT_HASH = "0" * 64


def canonical(data: Any) -> bytes:
    """The one JSON text of this data, on every machine."""
    return json.dumps(
        data, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def plain(data: Any) -> Any:
    """The data as it comes back from the database."""
    return json.loads(canonical(data))


class LogQuerySet(models.QuerySet["LogEntry"]):
    def of(self, obj: models.Model) -> LogQuerySet:
        return self.filter(content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk)

    def visible_to(self, user: Any) -> LogQuerySet:
        """A person's own acts: what they may take back. The story of a thing is read on its page, by who may see the thing."""
        return self.filter(by=user)

    def for_timeline(self) -> LogQuerySet:
        return self.select_related("by", "on_behalf_of", "detail", "content_type").order_by("-at", "-pk")


class LogEntry(models.Model):
    """One change of one object: the version it led to, who made it, when, and what it was."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    version = models.PositiveIntegerField()
    step = models.CharField(max_length=50)
    before = models.CharField(max_length=30, blank=True)
    after = models.CharField(max_length=30, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    key = models.CharField(max_length=64, null=True)  # noqa: DJ001 (null: no key given; unique where there is one)
    account_id = models.PositiveBigIntegerField(null=True)
    detail_digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = LogQuerySet.as_manager()

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["content_type", "object_id", "version"], name="log_one_row_a_version"),
            models.UniqueConstraint(fields=["content_type", "object_id", "key"], name="log_one_row_a_click"),
        )
        indexes = (
            models.Index(fields=["account_id", "-at", "-id"], name="log_of_account"),
            models.Index(fields=["content_type", "object_id", "-at", "-id"], name="log_of_object"),
            models.Index(fields=["at", "id"], name="log_by_moment"),
        )

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id} v{self.version}: {self.step}"

    def facts(self) -> dict[str, Any]:
        """What the hash covers. Names and comments are covered through their digest alone, so that they can be erased."""
        return {
            "type": self.content_type_id,
            "object": self.object_id,
            "version": self.version,
            "step": self.step,
            "before": self.before,
            "after": self.after,
            "by": self.by_id,
            "for": self.on_behalf_of_id,
            "at": self.at.isoformat(),
            "key": self.key,
            "account": self.account_id,
            "detail": self.detail_digest,
        }

    def computed_hash(self) -> str:
        return hashlib.sha256(self.previous.encode() + canonical(self.facts())).hexdigest()

    @property
    def by_name(self) -> str:
        """Who did it; where it was done for somebody absent, both names."""
        if self.on_behalf_of:
            return _("%(by)s for %(other)s") % {"by": self.by.name, "other": self.on_behalf_of.name}
        return self.by.name

    @property
    def label(self) -> str:
        """The step in the words of the page."""
        return words.label_of(self.content_type, self.step)

    @property
    def sentence(self) -> str:
        """What was done, to follow the name of whoever did it; with the object where it is not said beside it."""
        if self.undoes:
            return words.took_back(words.done_as(self.content_type, self.undoes))
        return words.done_as(self.content_type, self.step)

    @property
    def undoes(self) -> str:
        """The step, or the edit, that this one took back; empty for any other."""
        return str(self.detail.data.get("undoes", {}).get("step", "")) if hasattr(self, "detail") else ""

    @property
    def kind(self) -> str:
        return "clock" if self.by.is_system else ""

    @property
    def tone(self) -> str:
        return words.tone_of(self.content_type, self.after)

    @property
    def changed(self) -> dict[str, Any]:
        """What stood and what stands, of each field of an edit."""
        found: dict[str, Any] = self.detail.data.get("changed", {}) if hasattr(self, "detail") else {}
        return found

    @property
    def comment(self) -> str:
        return self.detail.comment if hasattr(self, "detail") else ""


class LogDetail(models.Model):
    """The words and values of one log entry. Erasure may delete it; the chain still verifies."""

    entry = models.OneToOneField(LogEntry, models.PROTECT, related_name="detail", primary_key=True)
    salt = models.CharField(max_length=32)
    comment = models.TextField(blank=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    def __str__(self) -> str:
        return self.comment[:80]

    def digest(self) -> str:
        return hashlib.sha256(self.salt.encode() + canonical([self.comment, self.data])).hexdigest()


class LogSeal(models.Model):
    """The hourly seal over all log rows since the one before; its head is mailed outside."""

    at = models.DateTimeField(default=now)
    first_entry = models.PositiveBigIntegerField()
    last_entry = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()
    marks = models.JSONField(default=dict)  # each row's number and the beginning of its hash: what names a forged row
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.hash[:12]}"

    def computed_hash(self, hashes: list[str]) -> str:
        """The hash of this seal over rows with these hashes."""
        facts = [self.previous, self.at.isoformat(), self.first_entry, self.last_entry, self.count, hashes]
        return hashlib.sha256(canonical(facts)).hexdigest()


def detailed(entry: LogEntry, comment: str, data: dict[str, Any]) -> LogDetail | None:
    """The words and values of an entry, if there are any, with their digest on it."""
    if not comment and not data:
        return None
    detail = LogDetail(entry=entry, salt=secrets.token_hex(16), comment=comment, data=plain(data))
    entry.detail_digest = detail.digest()
    return detail


def chained(entry: LogEntry, head: str) -> None:
    """Give the entry its place after the head."""
    entry.previous = head
    entry.hash = entry.computed_hash()


def put(entries: list[LogEntry], details: list[LogDetail]) -> None:
    """Write the rows: two queries, whatever their number."""
    LogEntry.objects.bulk_create(entries, batch_size=500)
    fault("after_entries")
    for detail in details:
        detail.entry_id = detail.entry.pk
    LogDetail.objects.bulk_create(details, batch_size=500)


def write(entries: list[LogEntry], details: list[tuple[str, dict[str, Any]]], heads: list[str]) -> list[LogEntry]:
    """Chain each entry to its head and write them all."""
    told = [detailed(entry, *words_of) for entry, words_of in zip(entries, details, strict=True)]
    for entry, head in zip(entries, heads, strict=True):
        chained(entry, head)
    put(entries, [detail for detail in told if detail])
    return entries
