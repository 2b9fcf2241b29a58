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


class FactKind(models.TextChoices):
    """What other machines ask for before they go on."""

    RFP = "rfp", _("A request for proposal is open")
    NEGOTIATION = "negotiation", _("A contract is under negotiation")
    STRATEGIC = "strategic", _("Strategic for us")

    tones = nonmember({"rfp": "warn", "negotiation": "warn", "strategic": "info"})


class FigureKind(models.TextChoices):
    """Figures that come from elsewhere than the orders: shares in percent, satisfaction from 0 to 10."""

    MARGIN = "margin", _("Margin, %")
    WALLET = "wallet", _("Share of wallet, %")
    SATISFACTION = "satisfaction", _("Satisfaction, 0 to 10")
