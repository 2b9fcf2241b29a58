"""Words between programs, signed with a secret both know: HMAC-SHA256 over the moment and the body."""

from __future__ import annotations

import hmac
from hashlib import sha256

from django.utils.timezone import now

STAMP, SIGNATURE = "X-ACR-Timestamp", "X-ACR-Signature"
WINDOW = 300  # seconds a signed word is taken, before or after its moment: longer, and a listener could say it again
LEAST = 32  # characters of a secret


def signed(secret: str, body: bytes) -> dict[str, str]:
    """The two headers that go with this body."""
    stamp = str(int(now().timestamp()))
    return {STAMP: stamp, SIGNATURE: f"sha256={digest(secret, stamp, body)}"}


def is_signed(secret: str, body: bytes, stamp: str, signature: str) -> bool:
    """Whether whoever knows the secret said just this, just now."""
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
        return False
    if abs(now().timestamp() - int(stamp)) > WINDOW:
        return False
    wanted = f"sha256={digest(secret, stamp, body)}"
    return hmac.compare_digest(wanted.encode(), signature.encode(errors="replace"))


def digest(secret: str, stamp: str, body: bytes) -> str:
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, sha256).hexdigest()
