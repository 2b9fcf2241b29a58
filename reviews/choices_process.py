"""States of a version of the process."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProcessStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("In force")
    RETIRED = "retired", _("Retired")
    DISCARDED = "discarded", _("Discarded")

    tones = nonmember({"draft": "neutral", "published": "good", "retired": "neutral", "discarded": "neutral"})
