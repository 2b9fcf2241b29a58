"""The programme with its tiers, rounds of nominations, and each account's way through it."""

from .membership import Membership
from .programme import Programme, Tier, Words, programme_words, the_programme
from .round import NominationRound

__all__ = [
    "Membership", "NominationRound", "Programme", "Tier", "Words", "programme_words", "the_programme",
]  # fmt: skip
