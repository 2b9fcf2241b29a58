"""Criteria and their versions, waves and what they test, candidates with judgements, feedback and findings."""

from .aspect import Aspect
from .candidate import PilotCandidate
from .criteria import CriteriaVersion, Criterion
from .feedback import Rating
from .finding import Finding
from .judgement import Judgement
from .profile import ManagerProfile
from .wave import PilotWave

__all__ = [
    "Aspect", "CriteriaVersion", "Criterion", "Finding", "Judgement", "ManagerProfile", "PilotCandidate", "PilotWave",
    "Rating",
]  # fmt: skip
