"""States and fixed lists of the first filter and its scorecards."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class FilterStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")
    DISCARDED = "discarded", _("Discarded")

    tones = nonmember({"draft": "warn", "published": "good", "retired": "neutral", "discarded": "neutral"})


class CriterionKind(models.TextChoices):
    """What a criterion does: without a must-have nobody passes, a weighted one gives points."""

    MUST = "must", _("Must-have")
    WEIGHTED = "weighted", _("Weighted")

    tones = nonmember({"must": "info", "weighted": "neutral"})


class Basis(models.TextChoices):
    """Where the answer to a criterion comes from."""

    COMPUTED = "computed", _("Computed from what is on file")
    JUDGED = "judged", _("Judged by a person, 0 to 5")


class KnownFact(models.TextChoices):
    """What of an account a criterion can be computed from.

    The year is the last four quarters that were complete on that day, the year before the four before them.
    """

    NET = "net", _("Net value of the year")
    GROWTH = "growth", _("Growth on the year before, %")
    ORDERS = "orders", _("Orders of the year")
    ON_TIME = "on_time", _("Promised orders shipped on time, %")
    MARGIN = "margin", _("Margin, %")
    WALLET = "wallet", _("Share of wallet, %")
    SATISFACTION = "satisfaction", _("Satisfaction, 0 to 10")
    YEARS = "years", _("Full years as a customer")
    RFP = "rfp", _("A request for proposal is open")
    NEGOTIATION = "negotiation", _("A contract is under negotiation")
    STRATEGIC = "strategic", _("Strategic for us")


TOLD = (KnownFact.MARGIN, KnownFact.WALLET, KnownFact.SATISFACTION)  # figures that somebody enters
YES_NO = (KnownFact.RFP, KnownFact.NEGOTIATION, KnownFact.STRATEGIC)
PERCENT = (KnownFact.GROWTH, KnownFact.ON_TIME, KnownFact.MARGIN, KnownFact.WALLET)


class Compare(models.TextChoices):
    """When a computed criterion is met."""

    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    HOLDS = "holds", _("holds")
    HOLDS_NOT = "holds_not", _("does not hold")


OF_YES_NO = (Compare.HOLDS, Compare.HOLDS_NOT)
BEST_SCORE, MET_FROM = 5, 3


class Verdict(models.TextChoices):
    """What a scorecard comes to, whoever decides by it."""

    PASSES = "passes", _("Passes")
    FAILS = "fails", _("Does not pass")
    OPEN = "open", _("Cannot be said yet")

    tones = nonmember({"passes": "good", "fails": "bad", "open": "neutral"})


class ScorecardStatus(models.TextChoices):
    OPEN = "open", _("Being scored")
    CONFIRMED = "confirmed", _("Confirmed")
    PASSED = "passed", _("Passed the filter")
    FAILED = "failed", _("Failed the filter")
    DROPPED = "dropped", _("Not needed any more")

    tones = nonmember({"open": "warn", "confirmed": "info", "passed": "good", "failed": "bad", "dropped": "neutral"})


DECIDED = (ScorecardStatus.PASSED, ScorecardStatus.FAILED)
