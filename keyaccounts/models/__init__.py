"""The programme with its tiers, rounds of nominations, and each account's way through it."""

from .ballot import Ballot, Recusal
from .membership import Membership
from .panel_review import PanelReview
from .panel_session import PanelSession
from .programme import Programme, Tier, Words, programme_words, the_programme
from .round import NominationRound

__all__ = [
    "Ballot", "Membership", "NominationRound", "PanelReview", "PanelSession", "Programme", "Recusal", "Tier", "Words",
    "programme_words", "the_programme",
]  # fmt: skip
