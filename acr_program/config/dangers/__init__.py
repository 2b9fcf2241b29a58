"""What makes a configuration unsafe: one row a danger, with the sentence and the mend (promise P42)."""

from collections.abc import Iterator
from typing import Any

from . import browser, people, reach, stores
from .danger import Danger

DANGERS = [*reach.DANGERS, *browser.DANGERS, *stores.DANGERS, *people.DANGERS]


def dangers(settings: Any) -> Iterator[Danger]:
    """Those that the given settings run into; all but the embedded mode count as public."""
    public = settings.ACR_MODE != "embedded"
    for danger in DANGERS:
        if (danger.always or public) and danger.met(settings):
            yield danger
