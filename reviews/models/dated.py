"""The days of a review, counted back from its meeting."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.timezone import localdate

from .. import schedule
from ..choices import ENDED
from ..choices import RequestStatus as S
from .process import ProcessVersion

NO_ROOM = frozenset([S.DRAFT, S.RETURNED, S.MET, *ENDED])
# The stage whose room is left; none: the meeting's own day.
ROOM_OF = {S.APPROVED: S.DELIVERED, S.CHANGES_REQUESTED: S.COMPILING, S.SHIPPED: S.DELIVERED, S.DELIVERED: ""}


class Dated:
    """By when each stage of a review has to be over, at the pace of the version of the process that it is bound to."""

    if TYPE_CHECKING:
        meeting_on: date
        delivery: Any
        status: Any
        pace: Any
        process: Any
        process_id: Any

    @property
    def own_pace(self) -> str:
        """The pace it keeps; that of the process in force until it is submitted."""
        return self.pace or self.pace_ahead

    @cached_property
    def pace_ahead(self) -> str:
        """The pace that it gets if it is submitted now."""
        return ProcessVersion.objects.in_force().pace

    def bind(self) -> None:
        """Bind it to the process in force; what is published later changes nothing of it (G-02)."""
        self.process = ProcessVersion.objects.in_force()
        self.pace = self.process.pace

    def unbind(self) -> None:
        self.process, self.pace = None, ""

    @property
    def schedule(self) -> list[schedule.Stage]:
        return schedule.back_schedule(self.meeting_on, self.delivery, self.own_pace)

    def _by(self, state: str) -> date:
        return schedule.safe_day(self.meeting_on, self.delivery, state, self.own_pace)

    @property
    def accept_by(self) -> date:
        return self._by(S.SUBMITTED)

    @property
    def content_by(self) -> date:
        return self._by(S.GATHERING)

    @property
    def compile_by(self) -> date:
        return self._by(S.COMPILING)

    @property
    def approve_by(self) -> date:
        return self._by(S.IN_APPROVAL)

    @property
    def ship_by(self) -> date:
        return self._by(S.SHIPPED)

    @property
    def room(self) -> int | None:
        """Working days left in the present stage; None once the meeting is held or nothing is under way."""
        if self.status in NO_ROOM:
            return None
        return schedule.room(self._by(ROOM_OF.get(S(self.status), str(self.status))), localdate())
