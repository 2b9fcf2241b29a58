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
