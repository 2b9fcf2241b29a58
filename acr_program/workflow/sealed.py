"""What a step takes and no log may tell before it is opened: a vote, a decision that is held (P12)."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from .log import canonical, plain


class Sealed:
    """Values that a step keeps on its row; the log keeps their digest alone, by which they are proved once they are opened.

    The salt stands with the values: nobody finds them by trying what they might be.
    """

    def __init__(self, **values: Any) -> None:
        self.values: dict[str, Any] = plain(values)
        self.salt = secrets.token_hex(16)

    @property
    def digest(self) -> str:
        return digest_of(self.salt, self.values)


def digest_of(salt: str, values: Any) -> str:
    return hashlib.sha256(salt.encode() + canonical(values)).hexdigest()
