"""Where a page leads once its step is taken, and where a form that needs another look is drawn."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.people.models import User
from acr_program.workflow.registry import Onward, lead, own_page

from .actions.upgrading import STEPS as UPGRADES
from .choices import ContributionStatus as C
from .models import FollowUp, InformationRequest
from .views import approvals, contributions, upgrading


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    own_page("informationrequest.submit", contributions.asked_again)
    own_page("approval.approve", approvals.asked_again)
    own_page("approval.ask_for_changes", approvals.asked_again)
    for name in set(UPGRADES.values()):
        own_page(f"reviewrequest.{name}", upgrading.drawn)
    lead("informationrequest.accept", next_to_read)
    lead("informationrequest.send_back", next_to_read)
    lead("followup.hand_over", out_of_sight)


def next_to_read(read: InformationRequest, user: User) -> Onward | None:
    """The next section of the same review that waits to be read; else the review, with how far its sections are."""
    states = [C.SUBMITTED, C.REQUESTED, C.RETURNED]
    others = read.request.contributions.filter(status__in=states).exclude(pk=read.pk)
    rows = list(others.select_related("section").order_by("section__place"))
    unread = [row for row in rows if row.status == C.SUBMITTED]
    if unread:
        return Onward(unread[0].get_absolute_url(), _("Next to read: %(title)s.") % {"title": unread[0].section.title})
    return Onward(read.request.get_absolute_url(), all_read(len(rows) + (read.status == C.RETURNED)))


def all_read(writing: int) -> str:
    if not writing:
        return _("All sections are read.")
    said = ngettext(
        "All sections that were handed in are read; %(n)d is still being written.",
        "All sections that were handed in are read; %(n)d are still being written.", writing,
    )  # fmt: skip
    return said % {"n": writing}


def out_of_sight(given: FollowUp, user: User) -> Onward | None:
    """Whoever handed over what they saw only as theirs is led to the list: its page is no longer for them."""
    if FollowUp.objects.visible_to(user).filter(pk=given.pk).exists():
        return None
    return Onward(reverse("reviews:follow-ups"), _("It is %(name)s’s now.") % {"name": given.owner.name})
