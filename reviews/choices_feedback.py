"""The states of what is said after a meeting, and what is asked."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class CustomerStatus(models.TextChoices):
    """How far the customer's five questions have come."""

    PLANNED = "planned", _("To be asked")
    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Answered")
    LAPSED = "lapsed", _("No answer")
    VOID = "void", _("Void")

    tones = nonmember({"planned": "neutral", "asked": "info", "answered": "good", "lapsed": "warn", "void": "neutral"})


class RepStatus(models.TextChoices):
    """Whether the sales representative has said how it went."""

    ASKED = "asked", _("Asked")
    GIVEN = "given", _("Given")

    tones = nonmember({"asked": "neutral", "given": "good"})


class SuggestionStatus(models.TextChoices):
    NEW = "new", _("New")
    ADOPTED = "adopted", _("Adopted")
    DECLINED = "declined", _("Declined")

    tones = nonmember({"new": "info", "adopted": "good", "declined": "neutral"})


class SuggestionKind(models.TextChoices):
    TEMPLATE = "template", _("A section of the template")
    PROCESS = "process", _("A step of the process")


class Question(models.TextChoices):
    """What the customer is asked on a scale, as lists and charts name it."""

    VALUE = "value", _("Value seen")
    DELIVERY = "delivery", _("Delivery against promise")
    RELATIONSHIP = "relationship", _("Relationship")
    EXTEND = "extend", _("Likelihood to extend")


SHORT = {
    Question.VALUE: _("Value"), Question.DELIVERY: _("Delivery"), Question.RELATIONSHIP: _("Relationship"),
    Question.EXTEND: _("Extend"),
}  # fmt: skip

LEAST, MOST = 1, 5  # docs/decisions/0530: five steps, the same for all four
