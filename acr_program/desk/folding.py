"""Search: words folded to what is typed without accents; people are found by the same folding, so it stands with them."""

from acr_program.people.folding import folded

__all__ = ["folded"]
