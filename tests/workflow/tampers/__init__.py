from . import columns, rows, things, words
from .kinds import KINDS, added

__all__ = ["KINDS", "added", "columns", "rows", "things", "words"]
