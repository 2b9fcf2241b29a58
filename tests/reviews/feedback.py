"""A review whose meeting was held, for the tests of what is said afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from acr_program.outbox.models import Message
from acr_program.people.models import User
from reviews.models import CustomerFeedback, RepFeedback
from tests.factories import fresh, make_request, office, take

ANSWERS = {
    "value": 4,
    "delivery": 3,
    "relationship": 5,
    "extend": 4,
    "change": "Call us earlier.",
    "said_by": "Kim Kunde",
}


def held(**fields: Any) -> Any:
    """The meeting was yesterday; nobody has said anything yet."""
    request = make_request("delivered", **fields)
    take(request, "hold_meeting", request.rep, met_on=localdate() - timedelta(days=1), attendees="Kim")
    return fresh(request)


def asked(**fields: Any) -> CustomerFeedback:
    """Its customer has the link."""
    return take(CustomerFeedback.objects.get(request=held(**fields)), "ask", office("admin"))


def answered(**fields: Any) -> CustomerFeedback:
    return answer(asked(**fields))


def answer(feedback: CustomerFeedback, **said: Any) -> CustomerFeedback:
    return take(feedback, "answer", User.objects.customer(), **ANSWERS | said)


def speak(request: Any, **said: Any) -> RepFeedback:
    return take(RepFeedback.objects.get(request=request), "give", request.rep, worked="They had read it.", **said)


def links_to(feedback: CustomerFeedback) -> list[str]:
    """The private links mailed to the customer, in their order."""
    mails = Message.objects.filter(kind__startswith="customer_", object_id=str(feedback.pk)).order_by("created_at")
    return [mail.private["url"] for mail in mails]
