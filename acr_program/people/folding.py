"""Search: words folded to what is typed without accents, in the one `search` column of each searchable model."""

from __future__ import annotations

import unicodedata


def folded(*words: str) -> str:
    """The words in one line, lower case, without accents: «Königlich Essen» is found by «koniglich»."""
    text = unicodedata.normalize("NFKD", " ".join(word for word in words if word)).casefold()
    return "".join(sign for sign in text if not unicodedata.combining(sign))[:400]
