"""The programme with its tiers, rounds of nominations, and each account's way through it."""

from .assessment import Assessment
from .checkpoint import Checkpoint
from .cycle import IncubationCycle
from .membership import Membership
from .programme import Programme, Tier, Words, programme_words, the_programme
from .reading import Reading
from .round import NominationRound
from .spending import MissingProof, Spending, Waiver
from .standard import Measure, Standard

__all__ = [
    "Assessment", "Checkpoint", "IncubationCycle", "Measure", "Membership", "MissingProof", "NominationRound", "Programme",
    "Reading", "Spending", "Standard", "Tier", "Waiver", "Words", "programme_words", "the_programme",
]  # fmt: skip
