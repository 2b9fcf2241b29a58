"""The programme with its tiers, rounds of nominations, and each account's way through it."""

from .assessment import Assessment
from .ballot import Ballot, Recusal
from .checkpoint import Checkpoint
from .cycle import IncubationCycle
from .filtering import FilterCriterion, FilterVersion, TryOut
from .knowing import Knowing
from .membership import Membership
from .panel_review import PanelReview
from .panel_session import PanelSession
from .programme import Programme, Tier, Words, the_programme
from .proposition import ProofPoint, Proposition
from .reading import Reading
from .round import NominationRound
from .scorecards import Score, Scorecard
from .spending import MissingProof, Spending, Waiver
from .standard import Measure, Standard
from .statement import Sending, Statement
from .understanding import Understanding
from .words import programme_words

__all__ = [
    "Assessment", "Ballot", "Checkpoint", "FilterCriterion", "FilterVersion", "IncubationCycle", "Knowing", "Measure",
    "Membership", "MissingProof", "NominationRound", "PanelReview", "PanelSession", "Programme", "ProofPoint", "Proposition",
    "Reading", "Recusal", "Score", "Scorecard", "Sending", "Spending", "Standard", "Statement", "Tier", "TryOut",
    "Understanding", "Waiver", "Words", "programme_words", "the_programme",
]  # fmt: skip
