"""States and fixed lists of account plans (N1.1 to N9.7)."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SHARED = "shared", _("Shared with the customer")
    AGREED = "agreed", _("Agreed")
    IN_FORCE = "in_force", _("In force")
    UNDER_REVIEW = "under_review", _("Under review")
    ARCHIVED = "archived", _("Archived")

    tones = nonmember(
        {
            "draft": "neutral", "shared": "info", "agreed": "info", "in_force": "good", "under_review": "warn",
            "archived": "neutral",
        }
    )  # fmt: skip


LIVING = (
    PlanStatus.DRAFT, PlanStatus.SHARED, PlanStatus.AGREED, PlanStatus.IN_FORCE, PlanStatus.UNDER_REVIEW,
)  # fmt: skip


class PartKey(models.TextChoices):
    """The nine parts of a plan, in their order."""

    DIRECTION = "direction", _("Portfolio direction")
    VALUE = "value", _("Customer value and needs")
    RELATION = "relation", _("Relationship diagnostic")
    BLUEPRINT = "blueprint", _("Blueprint")
    ACTIONS = "actions", _("Actions")
    RESOURCES = "resources", _("Resources")
    COMMUNICATION = "communication", _("Communication")
    DAILY = "daily", _("Day to day")
    MONITORING = "monitoring", _("Monitoring")


class Side(models.TextChoices):
    """Whether somebody, or a finding, is of our house or from outside (N3.8, N4.5)."""

    INSIDE = "inside", _("Inside")
    OUTSIDE = "outside", _("Outside")


class Subject(models.TextChoices):
    """What a customer confirms, each for itself (N7.6)."""

    PROPOSITION = "proposition", _("What we do and do not do")
    OPPORTUNITIES = "opportunities", _("The opportunities")
    PRIORITIES = "priorities", _("The priorities")
    ACTIVITY = "activity", _("The planned activity")


class Growth(models.TextChoices):
    GROWING = "growing", _("Growing")
    STEADY = "steady", _("Steady")
    SHRINKING = "shrinking", _("Shrinking")

    tones = nonmember({"growing": "good", "steady": "neutral", "shrinking": "bad"})


class Chosen(models.TextChoices):
    """Whether we are in a business by decision, or by accident and history (N1.5)."""

    DELIBERATE = "deliberate", _("Deliberate")
    INHERITED = "inherited", _("Inherited")

    tones = nonmember({"deliberate": "good", "inherited": "warn"})


class FindingKind(models.TextChoices):
    NEED = "need", _("Need")
    ISSUE = "issue", _("Issue or challenge")
    REASON = "reason", _("Why they buy from us")
    RESEARCH = "research", _("Research")
    INSIGHT = "insight", _("Insight")
    IDEA = "idea", _("Idea")
    NOTE = "note", _("To be remembered")


class Voice(models.TextChoices):
    """Whether the customer said it, or we assume it (N2.6)."""

    STATED = "stated", _("The customer said so")
    ASSUMED = "assumed", _("We assume it")

    tones = nonmember({"stated": "good", "assumed": "warn"})


class Severity(models.TextChoices):
    LOW = "low", _("Low")
    MIDDLE = "middle", _("Middle")
    HIGH = "high", _("High")

    tones = nonmember({"low": "neutral", "middle": "warn", "high": "bad"})


class FindingState(models.TextChoices):
    OPEN = "open", _("Open")
    IN_HAND = "in_hand", _("In hand")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")

    tones = nonmember({"open": "warn", "in_hand": "info", "done": "good", "dropped": "neutral"})


class OpportunityState(models.TextChoices):
    OPEN = "open", _("Open")
    PURSUED = "pursued", _("Pursued")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")
    DROPPED = "dropped", _("Dropped")

    tones = nonmember({"open": "neutral", "pursued": "info", "won": "good", "lost": "bad", "dropped": "neutral"})


class ObjectiveKind(models.TextChoices):
    GOAL = "goal", _("Goal")
    KPI = "kpi", _("Key figure")
    SLA = "sla", _("Service level")
    JOINT = "joint", _("Joint goal")


class Aim(models.TextChoices):
    LEAST = "least", _("At least")
    MOST = "most", _("At most")


class ActionUse(models.TextChoices):
    PLAN = "plan", _("Plan")
    RESCUE = "rescue", _("Rescue plan")
    RENEWAL = "renewal", _("Run-up to a renewal")


class ActionState(models.TextChoices):
    WAITING = "waiting", _("Waits to be started")
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")

    tones = nonmember({"waiting": "neutral", "open": "info", "done": "good", "dropped": "neutral"})


class SkillKind(models.TextChoices):
    SKILL = "skill", _("Skill")
    BEHAVIOUR = "behaviour", _("Behaviour")
    KNOWLEDGE = "knowledge", _("Knowledge")


class Influence(models.TextChoices):
    DECIDES = "decides", _("Decides")
    INFLUENCES = "influences", _("Influences")
    USES = "uses", _("Uses what we deliver")
    BLOCKS = "blocks", _("Is against us")


class PromiseKind(models.TextChoices):
    DO = "do", _("We do")
    DO_NOT = "do_not", _("We do not")
    DELIVERED = "delivered", _("Delivered")


class ProposalState(models.TextChoices):
    """What became of words that the customer proposed (feature 78)."""

    OPEN = "open", _("Waits for our answer")
    TAKEN = "taken", _("Taken over")
    KEPT = "kept", _("We keep our words")

    tones = nonmember({"open": "warn", "taken": "good", "kept": "neutral"})


class EventKind(models.TextChoices):
    QUERY = "query", _("Query")
    DECISION = "decision", _("Decision")
    RENEWAL = "renewal", _("Renewal")
    SURVEY = "survey", _("Short survey")
    CONTACT = "contact", _("Contact")
    HISTORY = "history", _("History")


class Decision(models.TextChoices):
    BUY = "buy", _("Buy")
    RENEW = "renew", _("Renew")
    SWITCH = "switch", _("Switch")
