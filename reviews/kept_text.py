"""What a standard text becomes when it is saved: clean mark-up, or an objection for each line that cannot stay (P24, P25)."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from acr_program.render.checking import InputError, complete
from acr_program.render.clean import TooDeep
from acr_program.render.schema import Prose

from .markup import faults_in, has_tags, tidy
from .models import Section
from .prose import LONGEST, Objection, fault_in, faults, filled, marked_up, paragraphs
from .tokens import NAMES

BY_NAME = {name: name for name in NAMES}  # each token with a value that is as plain as any


def kept_text(typed: str) -> str:
    """Rich text as it is kept. Lines typed without the editor become paragraphs, lists and headings by their marks.

    Raises ValidationError with a sentence for each line that is refused, the first ten.
    """
    if len(typed) > LONGEST:
        raise ValidationError(fault_in(typed))
    rich = has_tags(typed)
    refuse([Objection(*fault) for fault in faults_in(typed)] if rich else faults(typed))
    try:
        kept = tidy(typed if rich else paragraphs(typed))
    except TooDeep as error:
        raise ValidationError(str(error)) from error
    refuse(faults(kept))
    if len(kept) > LONGEST:
        raise ValidationError(fault_in(kept))
    return kept


def plain_line(typed: str) -> str:
    """A title or an opening line: words and tokens, and no mark-up at all."""
    refuse([Objection(*fault) for fault in faults_in(typed)] if has_tags(typed) else [])
    refuse(faults(typed))
    return typed


def refuse(objections: list[Objection]) -> None:
    if objections:
        raise ValidationError([str(one) for one in objections])


def why_it_cannot_render(section: Section) -> str:
    """What the document would stumble over in this section, with tokens that stand for themselves; empty where nothing."""
    try:
        data = {
            "key": section.key or "section",
            "title": filled(section.title, BY_NAME),
            "lede": filled(section.lede, BY_NAME),
            "kind": "text",
            "html": marked_up(section.body, BY_NAME),
        }
        complete(data, Prose, "section")
    except (InputError, TooDeep) as error:
        return str(error)
    return ""
