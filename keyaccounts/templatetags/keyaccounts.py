"""The programme's own words in templates (K-04)."""

from __future__ import annotations

from django import template

from ..models import Words, programme_words

register = template.Library()


@register.simple_tag
def words() -> Words:
    """{% words as called %}: `called.one`, `called.many`, and with a capital `called.title`, `called.titles`."""
    return programme_words()
