"""Where a document goes once its last leader has approved, before it happens and after."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reviews.choices import ApprovalStatus, Delivery
from reviews.models import Approval, ReviewRequest


def goes_out(review: ReviewRequest) -> str:
    """What the last approval sets going; nothing where nobody can be reached."""
    if review.delivery == Delivery.PRINTED:
        return _("it goes to print at once")
    if review.recipient and review.recipient_email:
        return _("it goes to %(name)s at once") % {"name": review.recipient.name}
    return ""


def after_approval(approval: Approval) -> str:
    """What has followed from this approval: who is asked next, or that it goes out."""
    waiting = Approval.objects.filter(document=approval.document_id, status=ApprovalStatus.PENDING)
    name = waiting.order_by("place").values_list("approver__name", flat=True).first()
    if name:
        return _("%(name)s is asked next.") % {"name": name}
    if approval.request.delivery == Delivery.PRINTED:
        return _("You were the last: it goes to print now.")
    return _("You were the last: it goes to the customer now.")
