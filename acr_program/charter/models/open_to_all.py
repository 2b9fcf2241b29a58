"""Rows that everybody who is signed in may see."""

from __future__ import annotations

from typing import Any

from django.db import models

from acr_program.people.models import User


class OpenToAll(models.QuerySet[Any]):
    """No row is hidden from anybody who is signed in."""

    def visible_to(self, user: User) -> OpenToAll:
        return self
