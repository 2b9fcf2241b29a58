"""One unsafe state of the settings."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}
KNOWN = {"change-me", "changeme", "password", "postgres", "postgresql", "redis", "administrator", "missing"}


@dataclass(frozen=True)
class Danger:
    """What must not be, said in a sentence, with its mend: always, or only where the public may come."""

    name: str
    met: Callable[[Any], bool]
    sentence: str
    mend: str
    always: bool = False


def weak_secret(secret: str | None, *also: str | None) -> bool:
    """Too short, known to everybody, or the same as a name beside it."""
    secret = secret or ""
    return len(secret) < 12 or secret.lower() in KNOWN or secret in also or len(set(secret)) < 5
