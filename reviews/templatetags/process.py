"""Links from records to the process that they are bound to: {% process_step of %}, {% process_url step review %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html

from reviews.models import ReviewRequest
from reviews.pages.process_step import link_to, stands_at
from reviews.process.described import ProcessStep

register = template.Library()


@register.simple_tag
def process_step(of: Any) -> str:
    """In which step of the process a record is, as a link to what the step asks; nothing where it is in none."""
    link = stands_at(of)
    return format_html('<a class="small" href="{}">{}</a>', link.url, link.says) if link else ""


@register.simple_tag
def process_url(step: ProcessStep, review: ReviewRequest) -> str:
    return link_to(step, review).url
