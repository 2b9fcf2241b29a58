"""The newer version of its template that a review may take: what it says otherwise, and what taking it would do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from acr_program.people.models import User
from acr_program.workflow.offers import Offer, offers
from reviews.actions.upgrading import STEPS, Plan, plan_of
from reviews.forms.upgrade import UpgradeForm
from reviews.models import ReviewRequest, TemplateVersion

from .parts import named, tokens_of
from .version_redline import VersionRedline


@dataclass
class UpgradePage:
    """One review, and the newer version of its template where there is one."""

    of: ReviewRequest
    user: User
    given: UpgradeForm | None = None  # what was sent and needs another look

    @cached_property
    def newer(self) -> TemplateVersion | None:
        return self.of.newer_template

    @cached_property
    def redline(self) -> VersionRedline | None:
        return VersionRedline(now=self.newer, then=self.of.template) if self.newer and self.of.template else None

    @cached_property
    def plan(self) -> Plan | None:
        return plan_of(self.of, self.newer) if self.newer else None

    @cached_property
    def offer(self) -> Offer | None:
        """The step, where this person is offered it."""
        return next((offer for offer in offers(self.of, self.user) if offer.name in STEPS.values()), None)

    @cached_property
    def form(self) -> UpgradeForm:
        return self.given or UpgradeForm(obj=self.of, user=self.user)

    def title_of(self, section: Any) -> str:
        return named(section.title, tokens_of(self.of))

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Sections that are new, each with who would be asked."""
        return [(self.title_of(section), writer.name) for section, writer in self.plan.asked] if self.plan else []

    @property
    def kept(self) -> list[tuple[Any, str]]:
        return [(one, self.title_of(section)) for one, section in self.plan.kept] if self.plan else []

    @property
    def too_long(self) -> list[tuple[str, int, int]]:
        """What is kept although the newer version takes fewer words: title, words, and how many it takes."""
        found = self.plan.too_long if self.plan else []
        return [(self.title_of(section), one.words, section.max_words or 0) for one, section in found]

    @property
    def gone(self) -> list[tuple[Any, str, str]]:
        return [(one, self.title_of(one.section), why) for one, why in self.plan.gone] if self.plan else []

    @property
    def stays(self) -> list[tuple[Any, str]]:
        return [(one, self.title_of(section)) for one, section in self.plan.stays] if self.plan else []

    @property
    def lapsed(self) -> list[tuple[Any, str, str]]:
        return [(one, self.title_of(one.section), why) for one, why in self.plan.lapsed] if self.plan else []
