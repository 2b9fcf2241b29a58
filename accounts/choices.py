"""States and fixed lists of an account."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountStatus(models.TextChoices):
    PROSPECT = "prospect", _("Prospect")
    ACTIVE = "active", _("Active")
    AT_RISK = "at_risk", _("At risk")
    CLOSED = "closed", _("Closed")

    tones = nonmember({"prospect": "neutral", "active": "good", "at_risk": "bad", "closed": "neutral"})


class Theater(models.TextChoices):
    AMER = "AMER", _("Americas")
    EMEA = "EMEA", _("Europe, Middle East, Africa")
    APAC = "APAC", _("Asia and Pacific")
    LATAM = "LATAM", _("Latin America")
