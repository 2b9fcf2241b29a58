"""The three parts of the charter as a page shows them: each complete, or what it still lacks (G-01)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from acr_program.workflow.steps import Need

from . import rules
from .models import Program


@dataclass(frozen=True)
class Part:
    """One part with the sentences it lacks."""

    title: Any
    url: str
    missing: list[str]


PARTS = (
    (_("Ownership"), "charter:ownership", rules.OWNERSHIP),
    (_("Alignment"), "charter:alignment", rules.ALIGNMENT),
    (_("Accountability"), "charter:accountability", rules.ACCOUNTABILITY),
)


def missing(program: Program, needs: Sequence[Need]) -> list[str]:
    return [sentence for need in needs if (sentence := need.missing(program))]


def parts_of(program: Program) -> list[Part]:
    return [
        Part(title, reverse(page), [program.lacks[need] for need in needs if program.lacks[need]])
        for title, page, needs in PARTS
    ]
