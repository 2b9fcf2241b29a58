"""{% mark account %}: what an app above marks the account with, as a badge; nothing where there is none."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from accounts import marks

register = template.Library()


@register.simple_tag
def mark(account: Any, size: str = "") -> SafeString | str:
    said = marks.mark_of(account)
    return marks.badge(said, size) if said else ""
