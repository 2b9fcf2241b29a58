"""One record as one person sees it: what may be done, with whom it waits and until when, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from acr_program.desk.today import tone, when
from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.ui.parts import Happening
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import Offer, next_step, offers

from .timeline import happenings

SHOWN = 30


@dataclass
class HeldPage[Of: Any]:
    """A record and its reader: with whom it waits, and until when."""

    of: Of
    user: User

    @cached_property
    def duty(self) -> Obligation | None:
        """What is open on it, the soonest first."""
        return Obligation.objects.of(self.of).open().select_related("person").order_by("due_at", "pk").first()

    @property
    def holder(self) -> str:
        return self.duty.with_whom(self.user) if self.duty else ""

    @property
    def due(self) -> str:
        return when(self.duty) if self.duty else ""

    @property
    def due_tone(self) -> str:
        return tone(self.duty) if self.duty else ""


class OnePage[Of: Any](HeldPage[Of]):
    """What the pages of records share that wait with one holder at a time: what may be done as well, and what happened."""

    @cached_property
    def all_offers(self) -> list[Offer]:
        return offers(self.of, self.user)

    @property
    def offers(self) -> list[Offer]:
        return [offer for offer in self.all_offers if not offer.danger]

    @property
    def dangers(self) -> list[Offer]:
        return [offer for offer in self.all_offers if offer.danger]

    @property
    def next(self) -> str:
        """What is awaited and of whom; where nothing is, the step that leads on."""
        if self.duty is None:
            return next_step(self.of)
        return _("Next: %(what)s. It is for %(who)s.") % {"what": self.duty.what, "who": self.holder}

    @cached_property
    def happened(self) -> list[Happening]:
        return happenings(list(self.of.log().for_timeline()[:SHOWN]), {})


class VersionPage[Of: Any](OnePage[Of]):
    """A version of what the program manager keeps; what happened to it is said in the words of its kind."""

    SAYS: ClassVar[Mapping[str, str | Promise]]

    @property
    def edits(self) -> bool:
        return program_managers(self.user)

    @cached_property
    def happened(self) -> list[Happening]:
        return [
            Happening(e.by_name, self.SAYS.get(e.step, e.sentence), e.at, e.tone, e.kind, e.comment)
            for e in self.of.log().for_timeline()[:SHOWN]
        ]
