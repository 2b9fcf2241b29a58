"""A line of the charter: what the program manager writes down and changes freely, logged with the program (P35)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from .program import Program


class Line(models.Model):
    """One row under the program; no machine: its changes stand in the program's own log, under `LOGGED_AS`."""

    LOGGED_AS: ClassVar[str]

    program = models.ForeignKey(Program, models.CASCADE, related_name="%(class)s_lines")

    class Meta:
        abstract = True

    def said(self) -> list[Any]:
        """What stands in it, field by field, as the log keeps it."""
        own = (field for field in self._meta.concrete_fields if field.name not in ("id", "program"))
        return [field.value_to_string(self) for field in own]
