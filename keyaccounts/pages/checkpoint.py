"""One checkpoint as its page shows it: what was measured in its quarter, what was said, what is still open (K-13)."""

from __future__ import annotations

from functools import cached_property

from acr_program.workflow.offers import next_step
from reviews.pages.one import OnePage

from ..choices_incubation import Threshold
from ..models import Checkpoint, Reading
from ..standing import Line, lines


class CheckpointPage(OnePage[Checkpoint]):
    """One checkpoint, for one reader."""

    @property
    def next(self) -> str:
        return next_step(self.of)

    @property
    def kind(self) -> str:
        """A re-review measures what it takes to stay."""
        return Threshold.ENTRY if self.of.cycle_id else Threshold.MAINTAIN

    @cached_property
    def readings(self) -> list[Reading]:
        rows = Reading.objects.filter(
            membership=self.of.membership_id, quarter_begins_on=self.of.quarter_begins_on
        ).select_related("by")
        return list(rows)

    @cached_property
    def lines(self) -> list[tuple[Line, bool | None]]:
        """Each measure with its value in this quarter, and whether that alone would do."""
        standing = [one for one in self.readings if one.replaced_at is None]
        since = self.of.quarter_begins_on.replace(year=self.of.quarter_begins_on.year - 1)
        found = lines(self.of.standard.measures.all(), standing, self.kind, since)
        return [(one, one.meets(one.value) if one.value is not None else None) for one in found]

    @property
    def replaced(self) -> list[Reading]:
        """What stood before it was corrected."""
        return [one for one in self.readings if one.replaced_at is not None]
