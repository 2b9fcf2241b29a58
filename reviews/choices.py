"""States and kinds of everything a review is made of."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    GATHERING = "gathering", _("Gathering")
    COMPILING = "compiling", _("Compiling")
    IN_APPROVAL = "in_approval", _("In approval")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")
    PRINTING = "printing", _("Printing")
    SHIPPED = "shipped", _("Shipped")
    DELIVERED = "delivered", _("Delivered")
    MET = "met", _("Met")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")

    tones = nonmember(
        {
            "draft": "neutral", "submitted": "info", "returned": "warn", "gathering": "info", "compiling": "info",
            "in_approval": "info", "changes_requested": "warn", "approved": "good", "printing": "info", "shipped": "info",
            "delivered": "good", "met": "good", "closed": "good", "cancelled": "neutral",
        }
    )  # fmt: skip


ENDED = (RequestStatus.CLOSED, RequestStatus.CANCELLED)
LIVE = tuple(status for status in RequestStatus if status not in ENDED)
BEFORE_PRINT = (
    RequestStatus.DRAFT, RequestStatus.SUBMITTED, RequestStatus.RETURNED, RequestStatus.GATHERING, RequestStatus.COMPILING,
    RequestStatus.IN_APPROVAL, RequestStatus.CHANGES_REQUESTED, RequestStatus.APPROVED,
)  # fmt: skip


class Audience(models.TextChoices):
    EXECUTIVE = "executive", _("Executive")
    OPERATIONAL = "operational", _("Operational")


class Delivery(models.TextChoices):
    PRINTED = "printed", _("Printed copies")
    DIGITAL = "digital", _("Digital, by a signed link")


class TemplateStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")

    tones = nonmember({"draft": "neutral", "published": "good", "retired": "neutral"})


class SectionKind(models.TextChoices):
    LETTER = "letter", _("Letter")
    STANDARD = "standard", _("Standard text")
    FIGURES = "figures", _("Customer figures")
    INPUT = "input", _("Contributor input")
    TEAM = "team", _("Account team")


class ContributionStatus(models.TextChoices):
    REQUESTED = "requested", _("Requested")
    SUBMITTED = "submitted", _("Submitted")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    WAIVED = "waived", _("Waived")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    tones = nonmember(
        {
            "requested": "neutral", "submitted": "info", "accepted": "good", "returned": "warn", "waived": "neutral",
            "withdrawn": "neutral",
        }
    )  # fmt: skip


class DocumentStatus(models.TextChoices):
    PENDING = "pending", _("Rendering")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    SEALED = "sealed", _("Sealed")
    VOID = "void", _("Void")

    tones = nonmember({"pending": "info", "ready": "good", "failed": "bad", "sealed": "good", "void": "neutral"})


class ApprovalStatus(models.TextChoices):
    PENDING = "pending", _("Pending")
    APPROVED = "approved", _("Approved")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    LAPSED = "lapsed", _("Lapsed")

    tones = nonmember({"pending": "neutral", "approved": "good", "changes_requested": "warn", "lapsed": "neutral"})
