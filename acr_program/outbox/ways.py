"""Ways in for those who answer from a mail without signing in: what a kind of thing puts into such mails, privately."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models

Way = Callable[[Any, Any], Mapping[str, str]]

_ways: dict[type[models.Model], Way] = {}


def way_in(model: type[models.Model], way: Way) -> None:
    """Let mails about this kind of thing carry what `way(thing, person)` finds: {"url": …, "code": …}, or nothing."""
    _ways[model] = way


def private_for(about: models.Model, person: Any) -> Mapping[str, str]:
    """The signed link and its code for whoever answers by mailed links; nothing for everybody else."""
    way = _ways.get(type(about))
    return way(about, person) if way and getattr(person, "by_link", False) else {}
