"""Search: words folded to what is typed without accents, in the one `search` column of each searchable model."""

from __future__ import annotations

import unicodedata


def folded(*words: str) -> str:
    """The words in one line, lower case, without accents: “Königlich Essen” is found by “koniglich”."""
    return bare(" ".join(word for word in words if word))[:400]


def bare(text: str) -> str:
    """A text of any length, lower case, without accents."""
    text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in text if not unicodedata.combining(sign))
