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
    DISCARDED = "discarded", _("Discarded")

    tones = nonmember({"draft": "neutral", "published": "good", "retired": "neutral", "discarded": "neutral"})


class SectionKind(models.TextChoices):
    LETTER = "letter", _("Letter")
    STANDARD = "standard", _("Standard text")
    FIGURES = "figures", _("Customer figures")
    PROMISE = "promise", _("Delivered against promised")
    MIX = "mix", _("Product mix")
    VALUE = "value", _("Value")
    INPUT = "input", _("Contributor input")
    TEAM = "team", _("Account team")
    COMMITMENTS = "commitments", _("Outlook and commitments")
    FOLLOW_UPS = "follow", _("Follow-ups and open issues")


class Shows(models.TextChoices):
    """What a section of figures draws of the account's performance, where it is not the whole year in figures."""

    NUMBERS = "numbers", _("The big numbers")
    QUARTERS = "quarters", _("Chart: net value by quarter")
    TABLE = "table", _("Table: quarter by quarter")
    COURSE = "course", _("Chart: growth through the year")
    PROMISES = "promises", _("Chart: on time, by quarter")
    DAYS = "days", _("Chart: days before and after the promised date")
    MIX = "mix", _("Table and chart: shares by category")
    PRODUCTS = "products", _("Table: the largest products")


ASKED = (SectionKind.INPUT, SectionKind.COMMITMENTS)  # a contributor writes them
# Filled by themselves; where a function owns one, its contributor adds words.
MAY_ASK = (SectionKind.PROMISE, SectionKind.MIX, SectionKind.VALUE, SectionKind.FOLLOW_UPS)
BY_LINE = (SectionKind.COMMITMENTS, SectionKind.FOLLOW_UPS)  # beside their text they have lines


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


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")

    tones = nonmember({"planned": "info", "held": "good", "cancelled": "neutral"})


class DeviationStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ALLOWED = "allowed", _("Allowed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    tones = nonmember({"proposed": "warn", "allowed": "info", "refused": "neutral", "withdrawn": "neutral"})


class FollowUpStatus(models.TextChoices):
    OPEN = "open", _("Open")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")

    tones = nonmember({"open": "neutral", "in_progress": "info", "done": "good", "dropped": "warn"})


STILL_OPEN = (FollowUpStatus.OPEN, FollowUpStatus.IN_PROGRESS)


class PrintStatus(models.TextChoices):
    ORDERED = "ordered", _("Ordered")
    SENT = "sent", _("With the printer")
    PRINTED = "printed", _("Printed")
    SHIPPED = "shipped", _("Shipped")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")
    RECALLED = "recalled", _("Recalled")

    tones = nonmember(
        {
            "ordered": "info", "sent": "info", "printed": "info", "shipped": "info", "delivered": "good", "failed": "bad",
            "recalled": "neutral",
        }
    )  # fmt: skip


NOT_SHIPPED = (PrintStatus.ORDERED, PrintStatus.SENT, PrintStatus.PRINTED, PrintStatus.FAILED)


class Paper(models.TextChoices):
    SILK = "silk", _("Silk coated, 150 g/m²")
    UNCOATED = "uncoated", _("Uncoated, 120 g/m²")
    RECYCLED = "recycled", _("Recycled, 120 g/m²")


class Binding(models.TextChoices):
    STITCHED = "stitched", _("Saddle stitched")
    PERFECT = "perfect", _("Perfect bound")
    WIRE = "wire", _("Wire-O")


class AlarmKind(models.TextChoices):
    NEAR = "near", _("About to miss its day")
    MISSED = "missed", _("Has missed its day")


class Side(models.TextChoices):
    US = "us", _("We")
    YOU = "you", _("The customer")


class IssueState(models.TextChoices):
    """How a matter stands, as the customer's document says it."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    LATE = "late", _("Done late")
    DROPPED = "dropped", _("Dropped")
