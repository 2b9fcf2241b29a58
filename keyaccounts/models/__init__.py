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
from .plan import AccountPlan, PlanConfirmation, PlanReading, PlanSnapshot
from .plan_ladder import DataItem, Escalation, Rung
from .plan_row import Part, PlanRow
from .plan_rows import Finding, Opportunity, PersonMap, PortfolioCell, Worth
from .plan_told import Proposal, TeamCard
from .plan_work import (
    Action,
    Contributor,
    Evaluation,
    Event,
    Objective,
    Promise,
    ResourceLine,
    Skill,
    TeamRole,
)  # fmt: skip
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
    "AccountPlan", "Action", "Assessment", "Ballot", "Checkpoint", "Contributor", "DataItem", "Escalation",
    "Evaluation", "Event", "FilterCriterion", "FilterVersion", "Finding", "IncubationCycle", "Knowing", "Measure",
    "Membership", "MissingProof", "NominationRound", "Objective", "Opportunity", "PanelReview", "PanelSession",
    "Part", "PersonMap", "PlanConfirmation", "PlanReading", "PlanRow", "PlanSnapshot", "PortfolioCell", "Programme",
    "Promise", "ProofPoint", "Proposal", "Proposition", "Reading", "Recusal", "ResourceLine", "Rung", "Score", "Scorecard",
    "Sending", "Skill", "Spending", "Standard", "Statement", "TeamCard", "TeamRole", "Tier", "TryOut", "Understanding",
    "Waiver", "Words", "Worth", "programme_words", "the_programme",
]  # fmt: skip
