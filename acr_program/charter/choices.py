"""States of the program and of its years."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgramStatus(models.TextChoices):
    DESIGNING = "designing", _("Designing")
    PILOTING = "piloting", _("Piloting")
    ROLLED_OUT = "rolled_out", _("Rolled out")

    tones = nonmember({"designing": "neutral", "piloting": "info", "rolled_out": "good"})


class YearStatus(models.TextChoices):
    DRAFTING = "drafting", _("Drafting")
    COMMUNICATING = "communicating", _("Communicating")
    RUNNING = "running", _("Running")
    CLOSED = "closed", _("Closed")

    tones = nonmember({"drafting": "neutral", "communicating": "info", "running": "good", "closed": "neutral"})


class OwningFunction(models.TextChoices):
    """Who may own such a program; it works best in Sales (G-03)."""

    SALES = "sales", _("Sales")
    MARKETING = "marketing", _("Marketing")
    CLIENT_RELATIONS = "client_relations", _("Client relations")


class Outcome(models.TextChoices):
    """What a wave of pilots came to."""

    ROLL_OUT = "roll_out", _("Roll out")
    REPEAT = "repeat", _("Repeat")
    STOP = "stop", _("Stop")

    tones = nonmember({"roll_out": "good", "repeat": "warn", "stop": "bad"})


class AlignmentStatus(models.TextChoices):
    """How far a leader stands behind the program (G-10)."""

    NOT_BRIEFED = "not_briefed", _("Not briefed")
    BRIEFED = "briefed", _("Briefed")
    HAS_QUESTIONS = "has_questions", _("Has questions")
    AGREED = "agreed", _("Agreed")

    tones = nonmember({"not_briefed": "neutral", "briefed": "info", "has_questions": "warn", "agreed": "good"})


class Topic(models.TextChoices):
    """What leaders and the force are told of (G-12)."""

    GOALS = "goals", _("Goals")
    OBJECTIVES = "objectives", _("Objectives")
    EXPECTATIONS = "expectations", _("Expectations")
    REQUIREMENTS = "requirements", _("Requirements")


class Audience(models.TextChoices):
    """Whom a communication is for."""

    LEADERS = "leaders", _("Sales leaders")
    FORCE = "force", _("Sales representatives")
    BOTH = "both", _("Sales leaders and representatives")


class CommunicationStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    tones = nonmember({"draft": "neutral", "sent": "good", "withdrawn": "warn"})


class ReceiptStatus(models.TextChoices):
    ASKED = "asked", _("To be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    WAIVED = "waived", _("Waived")
    LAPSED = "lapsed", _("Lapsed")

    tones = nonmember({"asked": "info", "confirmed": "good", "waived": "neutral", "lapsed": "neutral"})


class CommunicationKind(models.TextChoices):
    """Something that is told, or a set of expectations on which people are measured from its day on (G-15)."""

    MESSAGE = "message", _("Message")
    EXPECTATIONS = "expectations", _("Expectations")


class TrainingStatus(models.TextChoices):
    ASSIGNED = "assigned", _("Assigned")
    COMPLETED = "completed", _("Completed")
    WAIVED = "waived", _("Waived")

    tones = nonmember({"assigned": "info", "completed": "good", "waived": "neutral"})


class Answer(models.TextChoices):
    """Whether something the office needs is in place (R-01)."""

    OPEN = "open", _("Not answered yet")
    IN_PLACE = "in_place", _("In place")
    ALLOCATE = "allocate", _("To be allocated")


class InquiryStatus(models.TextChoices):
    """With whom a question to the program office is (R-07)."""

    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")

    tones = nonmember({"asked": "warn", "answered": "good", "closed": "neutral"})
