"""The field of a standard text: its editor where scripts run; what cannot stay is refused with line and reason (P24)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField

from acr_program.render.checking import InputError
from reviews.kept_text import kept_text
from reviews.markup import tidy
from reviews.models import Revision
from reviews.prose import marked_up

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Subscript": True,
    "Superscript": True,
    "Link": {"protocols": ["http", "https", "mailto"]},
    "HardBreak": True,
    "History": True,
}
ACTS = _(
    "Bold|Italic|Heading|List|Numbered list|Quote|Link|Undo|Redo"
)  # the buttons above it, in the order of js/rich.js


class StandardText(ProseEditorFormField):
    """Mark-up as the editor keeps it; lines typed without the editor become paragraphs and lists by their marks."""

    def __init__(self, **options: Any) -> None:
        super().__init__(extensions=EXTENSIONS, sanitize=kept_text, **options)
        self.widget.attrs["data-rich"] = ACTS


def begins_as(revision: Revision | None) -> str:
    """The text in use, as the editor takes it."""
    if revision is None:
        return ""
    try:
        return tidy(marked_up(revision.text))
    except InputError:
        return revision.text


def same_words(revision: Revision | None, text: str) -> bool:
    """Whether nothing differs from the text in use but how it is kept."""
    return revision is not None and begins_as(revision).split() == text.split()
