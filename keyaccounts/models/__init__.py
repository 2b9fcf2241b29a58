"""The programme with its tiers, rounds of nominations, and each account's way through it."""

from .knowing import Knowing
from .membership import Membership
from .programme import Programme, Tier, Words, programme_words, the_programme
from .proposition import ProofPoint, Proposition
from .round import NominationRound
from .statement import Sending, Statement
from .understanding import Understanding

__all__ = [
    "Knowing",
    "Membership",
    "NominationRound",
    "Programme",
    "ProofPoint",
    "Proposition",
    "Sending",
    "Statement",
    "Tier",
    "Understanding",
    "Words",
    "programme_words",
    "the_programme",
]  # fmt: skip
