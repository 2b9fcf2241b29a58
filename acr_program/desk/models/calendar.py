"""The address under which somebody's own calendar program reads what they have to do."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User


class CalendarAddress(models.Model):
    """One address a person, until it is renewed or withdrawn; its token is kept nowhere, only the hash by which it is known."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_address")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"), default=now)

    class Meta:
        verbose_name = _("calendar address")

    def __str__(self) -> str:
        return f"calendar address {self.pk}"

    @classmethod
    def issue(cls, person: models.Model) -> str:
        """A new token in place of the one there may be, which is dead from now on."""
        token = secrets.token_urlsafe(32)
        fresh: dict[str, Any] = {"token_hash": hashed(token), "made_at": now()}
        cls.objects.update_or_create(person_id=person.pk, defaults=fresh)
        return token

    @classmethod
    def reader(cls, token: str) -> User | None:
        """Whose calendar this token opens; nobody's where it is unknown, withdrawn, or its person may not sign in."""
        rows = User.objects.filter(is_active=True, is_system=False)
        return rows.filter(calendar_address__token_hash=hashed(token)).first()


def hashed(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()
