"""{% mark account %}: what an app above marks the account with, as a badge; nothing where there is none.

{% mark review.account of=review %} takes what was read with the row of the review, where it was.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from accounts import marks

register = template.Library()


@register.simple_tag
def mark(account: Any, size: str = "", of: Any = None) -> SafeString | str:
    said = marks.mark_of(account, of)
    return marks.badge(said, size) if said else ""
