"""What the charter keeps: the program, its years, its leaders, what it is asked, and the lines written under them."""

from .accountability import Duty, Metric, Ramp, Training
from .alignment import Alignment
from .champion import Champion, Companion
from .communication import Communication, Reading, Receipt
from .inquiry import Inquiry, Reply
from .line import Line
from .office import ReadinessItem, RosterEntry
from .open_to_all import OpenToAll
from .ownership import ConcludedWave, Goal
from .program import Function, Program
from .rhythm import Rhythm
from .score import Score
from .training import TrainingAssignment
from .year import ProgramYear

__all__ = [
    "Alignment",
    "Champion",
    "Communication",
    "Companion",
    "ConcludedWave",
    "Duty",
    "Function",
    "Goal",
    "Inquiry",
    "Line",
    "Metric",
    "OpenToAll",
    "Program",
    "ProgramYear",
    "Ramp",
    "ReadinessItem",
    "Reading",
    "Receipt",
    "Reply",
    "Rhythm",
    "RosterEntry",
    "Score",
    "Training",
    "TrainingAssignment",
]  # fmt: skip
