"""One answer, one representative's word, or one suggestion, as one person sees it."""

from __future__ import annotations

from functools import cached_property

from reviews.models import CustomerFeedback, RepFeedback, StarPerformer, Suggestion

from .one import OnePage


class SaidPage(OnePage[CustomerFeedback | RepFeedback | StarPerformer | Suggestion]):
    """What may be done, with whom it waits, and what happened."""

    @cached_property
    def suggestions(self) -> list[Suggestion]:
        """What a representative has suggested, with its section; nothing of an answer."""
        return (
            list(self.of.suggestions.select_related("section").order_by("pk"))
            if isinstance(self.of, RepFeedback)
            else []
        )
