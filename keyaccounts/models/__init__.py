"""The programme with its tiers, rounds of nominations, and each account's way through it."""

from .filtering import FilterCriterion, FilterVersion, TryOut
from .membership import Membership
from .programme import Programme, Tier, Words, programme_words, the_programme
from .round import NominationRound
from .scorecards import Score, Scorecard

__all__ = [
    "FilterCriterion", "FilterVersion", "Membership", "NominationRound", "Programme", "Score", "Scorecard", "Tier", "TryOut",
    "Words", "programme_words", "the_programme",
]  # fmt: skip
