"""What every row beside a record has: of which record it is."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User

from ..beside import records


class BesideQuerySet(models.QuerySet[Any]):
    def of(self, obj: models.Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk)

    def visible_to(self, user: User) -> Self:
        """Whoever sees the record sees what stands beside it."""
        return self.filter(records.seen_by(user))


class Beside(models.Model):
    """A row beside one record; title and address are kept, so that lists over many kinds of records cost one query."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    about = GenericForeignKey()
    account_id = models.PositiveBigIntegerField(null=True)
    title = models.CharField(_("beside what"), max_length=200)
    url = models.CharField(max_length=200)

    class Meta:
        abstract = True

    @staticmethod
    def named(obj: Any) -> dict[str, Any]:
        """The fields that say of which record a new row is."""
        return {
            "content_type": ContentType.objects.get_for_model(obj), "object_id": obj.pk,
            "account_id": getattr(obj, "account_id", None), "title": str(obj)[:200], "url": obj.get_absolute_url(),
        }  # fmt: skip
