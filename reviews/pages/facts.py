"""What was asked for and what became of it, as names and values."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from acr_program.ui import markup
from acr_program.ui.phrases import long_day
from reviews.choices import Delivery
from reviews.models import ReviewRequest

Fact = tuple[str, Any]


def delivery_of(request: ReviewRequest) -> str:
    """How and where to the document goes."""
    if request.delivery == Delivery.PRINTED:
        return _("%(copies)s printed copies to %(where)s") % {
            "copies": request.copies or _("no"), "where": request.ship_to or _("no address yet"),
        }  # fmt: skip
    if request.recipient is None:
        return _("Digital, to nobody yet")
    words = {"name": request.recipient.name, "email": markup.address(request.recipient.email)}
    return format_html(_("Digital, to {name}, {email}"), **words)


def asked_for(request: ReviewRequest) -> list[Fact]:
    """What stands in the request; what may be empty only where it is not."""
    return [
        (_("Audience"), request.get_audience_display()),
        (_("Meeting"), long_day(request.meeting_on)),
        (_("Place"), request.meeting_place),
        (_("Delivery"), delivery_of(request)),
        (_("Should achieve"), request.goal),
        *said((_("On short notice"), request.short_notice_reason)),
        *said((_("Shipped with"), ", ".join(word for word in (request.carrier, request.tracking) if word))),
        *said((_("Template"), str(request.template) if request.template else "")),
        *said((_("Also approves"), request.approver_designated.name if request.approver_designated else "")),
    ]


def meeting_of(request: ReviewRequest) -> list[Fact]:
    """How the meeting went; nothing before it."""
    if request.met_on is None:
        return []
    return [
        (_("Held on"), long_day(request.met_on)),
        (_("There were"), request.attendees),
        *said((_("The customer said otherwise"), request.customer_feedback)),
    ]


def said(*facts: Fact) -> list[Fact]:
    return [fact for fact in facts if fact[1]]
