"""States and fixed lists of an account."""

from decimal import Decimal
from enum import nonmember

from django.db import models
from django.utils.translation import gettext as say
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


class OpenEnd(models.TextChoices):
    """What is still to be found out about an account."""

    MANAGER = "manager", _("Nobody manages it")
    NAMED = "named", _("Its manager is named, but not known here")
    THEATER = "theater", _("Without a theater")

    tones = nonmember({"manager": "bad", "named": "warn", "theater": "warn"})


class FigureKind(models.TextChoices):
    """Figures that are told: shares in percent, satisfaction from 0 to 10; net value and orders where no order lines are."""

    NET = "net", _("Net value")
    ORDERS = "orders", _("Orders")
    MARGIN = "margin", _("Margin, %")
    WALLET = "wallet", _("Share of wallet, %")
    SATISFACTION = "satisfaction", _("Satisfaction, 0 to 10")

    bounds = nonmember(
        {
            "net": (-(10**10), 10**10), "orders": (0, 10**6), "margin": (-100, 100), "wallet": (0, 100), "satisfaction": (0, 10),
        }
    )  # fmt: skip

    @property
    def for_customers(self) -> bool:
        """Whether a customer may read it in their review: what they told us themselves, not what we reckon of them."""
        return self == FigureKind.SATISFACTION

    @property
    def customer_label(self) -> str:
        return {"satisfaction": "Your satisfaction, 0 to 10"}.get(self.value, str(self.label))

    def objection(self, value: Decimal, source: str) -> str:
        """Why such a figure cannot be; empty where it can."""
        low, high = self.bounds[self.value]
        if not value.is_finite() or not low <= value <= high:
            words = say("“%(figure)s” lies between %(low)d and %(high)d; %(value)s does not.")
            return words % {"figure": self.label, "low": low, "high": high, "value": value}
        if self.value == "orders" and value % 1:
            return say("“%(figure)s” is a whole number; %(value)s is none.") % {"figure": self.label, "value": value}
        return "" if source.strip() else say("Say where the figure comes from.")


STATED = (FigureKind.NET, FigureKind.ORDERS)  # what order lines tell where there are any
