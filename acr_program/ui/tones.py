"""Which tone a state has. The one place to say it is the enum: `tones = nonmember({"draft": "neutral", ...})`."""

from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import Any

from django.db import models

from acr_program.ui.kept import language

NO_TONES: dict[str, str] = {}


def tone_of(state: Any, field: str = "status") -> str:
    """The tone of an enum's member, or of an object's state. Neutral where nothing was said."""
    if isinstance(state, Enum):
        known: dict[str, str] = getattr(type(state), "tones", NO_TONES)
        return known.get(state.value, "neutral")
    if isinstance(state, models.Model):
        own = getattr(state, f"{field}_tone", None)
        return own or tones_of(type(state), field).get(getattr(state, field), "neutral")
    return getattr(state, "tone", None) or "neutral"


def label_of(state: Any, field: str = "status") -> str:
    """The word of an enum's member, or of an object's state; an object may have a word of its own for it."""
    if isinstance(state, models.Model):
        if own := getattr(state, f"{field}_label", None):
            return str(own)
        value = getattr(state, field)
        return words_of(type(state), field, language()).get(value, str(value))
    return str(getattr(state, "label", state))


@lru_cache(maxsize=256)
def labels_of(model: type[models.Model], field: str) -> dict[Any, Any]:
    """The words of a field's choices, still to be translated; Django's own get_…_display builds this for each row."""
    return dict(model._meta.get_field(field).flatchoices)  # type: ignore[union-attr]


@lru_cache(maxsize=256)
def words_of(model: type[models.Model], field: str, _language: str | None) -> dict[Any, str]:
    """The same, translated."""
    return {value: str(label) for value, label in labels_of(model, field).items()}


@lru_cache(maxsize=256)
def tones_of(model: type[models.Model], field: str) -> dict[str, str]:
    """The tones of the enum whose values are this field's choices; Django keeps the pairs and forgets the enum."""
    pairs = model._meta.get_field(field).flatchoices  # type: ignore[union-attr]
    values = [value for value, _label in pairs]
    for enum in enums(models.TextChoices):
        if "tones" in vars(enum) and [str(value) for value in enum.values] == [str(value) for value in values]:
            return dict(vars(enum)["tones"])
    return NO_TONES


def enums(base: type[models.TextChoices]) -> Iterator[type[models.TextChoices]]:
    for enum in base.__subclasses__():
        yield enum
        yield from enums(enum)
