"""What a part shows beside its lists: pictures, comparisons, sums. Hung by the file of the part.

    def crossing(plan, user):
        return Fragment("keyaccounts/plan_crossing.html", {"grid": …})   # or None, where there is nothing to show

    hang(PartKey.DIRECTION, crossing)

At most two queries each; the page of a part has fifteen in all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from acr_program.ui.parts import Fragment

Draw = Callable[[Any, Any], Fragment | None]
_panels: dict[str, list[Draw]] = defaultdict(list)


def hang(part: str, draw: Draw) -> None:
    """Show what `draw(plan, user)` gives on the page of this part, above its lists."""
    if draw not in _panels[str(part)]:
        _panels[str(part)].append(draw)


def panels_of(part: str, plan: Any, user: Any) -> list[Fragment]:
    return [found for draw in _panels[str(part)] if (found := draw(plan, user)) is not None]
