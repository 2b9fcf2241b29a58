"""States and fixed lists of what a customer gets, is told and confirms (K-01 to K-03, K-20, K-22)."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class PropositionStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_FORCE = "in_force", _("In force")
    REPLACED = "replaced", _("Replaced")
    DISCARDED = "discarded", _("Discarded")

    tones = nonmember({"draft": "neutral", "in_force": "good", "replaced": "neutral", "discarded": "neutral"})


class UnderstandingStatus(models.TextChoices):
    ASKED = "asked", _("Asked")
    CONFIRMED = "confirmed", _("Confirmed")
    OVER = "over", _("Not asked any more")

    tones = nonmember({"asked": "warn", "confirmed": "good", "over": "neutral"})


class KnowingStatus(models.TextChoices):
    """Whether the customer knows what it gets (K-02)."""

    UNKNOWN = "unknown", _("Not told yet")
    TOLD = "told", _("Told")
    CONFIRMED = "confirmed", _("Confirmed by the customer")

    tones = nonmember({"unknown": "warn", "told": "info", "confirmed": "good"})


class StatementStatus(models.TextChoices):
    DRAFT = "draft", _("To be written")
    TO_APPROVE = "to_approve", _("To be approved")
    READY = "ready", _("Ready to be sent")
    SENT = "sent", _("Told to the customer")
    CONFIRMED = "confirmed", _("Confirmed by the customer")
    OVER = "over", _("Holds no more")

    tones = nonmember(
        {
            "draft": "neutral", "to_approve": "warn", "ready": "info", "sent": "info", "confirmed": "good",
            "over": "neutral",
        }
    )  # fmt: skip


UNSENT = (StatementStatus.DRAFT, StatementStatus.TO_APPROVE, StatementStatus.READY)
OPEN = (*UNSENT, StatementStatus.SENT)  # what another statement takes the place of
OUT = (StatementStatus.SENT, StatementStatus.CONFIRMED)


class Occasion(models.TextChoices):
    """What a statement to the customer was written for; all but the last say what is expected (K-22), that one says farewell."""

    INCUBATION = "incubation", _("Incubation begins")
    MORE_PROOF = "more_proof", _("A second incubation begins")
    QUALIFIED = "qualified", _("The account qualifies")
    MAINTAINED = "maintained", _("The status is kept")
    RETURNED = "returned", _("Back to incubation")
    ANEW = "anew", _("Written anew")
    DOWN_TIERED = "down_tiered", _("The status ends")


class Way(models.TextChoices):
    """How something came to the customer, or a word of theirs to us."""

    MAIL = "mail", _("By mail, with a link")
    LETTER = "letter", _("By letter")
    MEETING = "meeting", _("In a meeting")
    PHONE = "phone", _("By telephone")
    LINK = "link", _("By the link")


BY_HAND = (Way.LETTER, Way.MEETING, Way.PHONE)
