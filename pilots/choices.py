"""States and fixed lists of pilots."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class WaveStatus(models.TextChoices):
    PLANNING = "planning", _("Planning")
    SELECTING = "selecting", _("Selecting")
    RUNNING = "running", _("Running")
    EVALUATING = "evaluating", _("Evaluating")
    CONCLUDED = "concluded", _("Concluded")

    tones = nonmember(
        {"planning": "neutral", "selecting": "info", "running": "info", "evaluating": "warn", "concluded": "good"}
    )


class CandidateStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    QUALIFIED = "qualified", _("Qualified")
    DISQUALIFIED = "disqualified", _("Disqualified")
    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("In reserve")
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    tones = nonmember(
        {
            "proposed": "neutral", "qualified": "info", "disqualified": "bad", "selected": "good", "reserve": "neutral",
            "active": "good", "completed": "good", "withdrawn": "neutral",
        }
    )  # fmt: skip


OUT = (CandidateStatus.DISQUALIFIED, CandidateStatus.WITHDRAWN)
PILOTS = (CandidateStatus.SELECTED, CandidateStatus.ACTIVE, CandidateStatus.COMPLETED)  # who is, or was, a pilot
TO_CHOOSE = (CandidateStatus.PROPOSED, CandidateStatus.QUALIFIED, CandidateStatus.SELECTED, CandidateStatus.RESERVE)
LIVE = (*TO_CHOOSE, CandidateStatus.ACTIVE)


class Subject(models.TextChoices):
    """Whom a criterion is about."""

    ACCOUNT = "account", _("The account")
    MANAGER = "manager", _("The account manager")


class Evidence(models.TextChoices):
    """What has to be on file before a criterion can be judged met."""

    OPPORTUNITY = "opportunity", _("A named opportunity or solution")
    SAID = "said", _("Who said it, and when")
    NEGOTIATION = "negotiation", _("The day of the check, and no contract negotiation on file")
    RFP = "rfp", _("The day of the check, and no request for proposal on file")
    AGE = "age", _("A customer for more than one year, by the day on file")
    OUTCOME = "outcome", _("An outcome, with its day")
    PLAN = "plan", _("The account plan, rated by the sales leader")
    AGREEMENT = "agreement", _("The account manager’s own word")
    WORDS = "words", _("Why, in words")


RATED = (
    Evidence.OPPORTUNITY,
    Evidence.SAID,
    Evidence.OUTCOME,
    Evidence.PLAN,
    Evidence.WORDS,
)  # 1 to 5; others yes or no
OWN_STEP = (Evidence.PLAN, Evidence.AGREEMENT)  # said by one person, in a step of theirs; once in a set
BEST_SCORE, MET_FROM = 5, 3


class Tier(models.IntegerChoices):
    """How a candidate stands by its two scorecards; the first comes first (P-15, P-22)."""

    PASSES = 1, _("Both scorecards pass")
    OTHER_MANAGER = 2, _("Needs another manager")
    OPEN = 3, _("Not judged in full")
    FAILS = 4, _("The account does not pass")
    OUT = 5, _("Out")

    tones = nonmember({1: "good", 2: "warn", 3: "neutral", 4: "bad", 5: "neutral"})


class AspectKind(models.TextChoices):
    """What of the program is tested by pilots (P-19)."""

    STEP = "step", _("Step of the process")
    TOOL = "tool", _("Tool")


class FindingStatus(models.TextChoices):
    REPORTED = "reported", _("To be decided")
    DECIDED = "decided", _("Decided")
    RESOLVED = "resolved", _("Resolved")

    tones = nonmember({"reported": "warn", "decided": "info", "resolved": "good"})


class Severity(models.TextChoices):
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")

    tones = nonmember({"high": "bad", "medium": "warn", "low": "neutral"})


class Decision(models.TextChoices):
    """What becomes of a finding."""

    FIX_NOW = "fix_now", _("Fix now")
    BEFORE_ROLL_OUT = "before_roll_out", _("Before the roll-out")
    NEVER = "never", _("Leave it as it is")

    tones = nonmember({"fix_now": "bad", "before_roll_out": "warn", "never": "neutral"})
