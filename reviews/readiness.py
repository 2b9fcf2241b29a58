"""What should be there before a meeting, and what of it is missing, by name (R-27): it warns and never blocks.

An app adds to the list from its AppConfig.ready: `register(Check("training", _("…"), missing))`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.ui.phrases import names

from .choices import STILL_OPEN, RequestStatus, Side
from .models import FollowUp, Meeting

OUT = (RequestStatus.DELIVERED, RequestStatus.MET, RequestStatus.CLOSED)


@dataclass(frozen=True)
class Check:
    """One line of the list; `missing(meeting)` says what is missing by name, and nothing where it is ready.

    `mend(meeting)` is the address where it is mended; empty where there is no such page.
    """

    name: str
    label: str | Promise
    missing: Callable[[Meeting], str]
    mend: Callable[[Meeting], str] = lambda meeting: ""


@dataclass(frozen=True)
class Result:
    """How one line stands for one meeting."""

    label: str
    missing: str
    url: str = ""  # where it is mended

    @property
    def ready(self) -> bool:
        return not self.missing

    @property
    def tone(self) -> str:
        return "good" if self.ready else "warn"


_checks: dict[str, Check] = {}


def register(check: Check) -> None:
    """Put this on the list of every meeting; again the same name replaces."""
    _checks[check.name] = check


def readiness_of(meeting: Meeting) -> list[Result]:
    """The list of one meeting, in the order in which its lines were registered; each asks once at most."""
    return [Result(str(check.label), check.missing(meeting), check.mend(meeting)) for check in _checks.values()]


def not_delivered(meeting: Meeting) -> str:
    if meeting.request.status in OUT:
        return ""
    return _("The document is not with the customer yet; the review is at “%(state)s”.") % {
        "state": meeting.request.get_status_display()
    }


def no_time(meeting: Meeting) -> str:
    wanted = []
    if meeting.at is None:
        wanted.append(_("the time"))
    if not meeting.place and not meeting.link:
        wanted.append(_("the place or a link"))
    return _("Still to be said: %(what)s.") % {"what": names(wanted)} if wanted else ""


def unnamed(meeting: Meeting) -> str:
    """Both sides have somebody, and everybody of the customer's can be invited and was."""
    sides: dict[str, list[Any]] = {side: [] for side in Side.values}
    for one in meeting.attendees.all():
        sides[one.side].append(one)
    if empty := [str(Side(side).label) for side, rows in sides.items() if not rows]:
        return _("Nobody is named yet of: %(sides)s.") % {"sides": names(empty)}
    waiting = [one.name for rows in sides.values() for one in rows if one.email and not one.invited]
    return _("Not invited yet: %(names)s.") % {"names": names(waiting)} if waiting else ""


def left_open(meeting: Meeting) -> str:
    """What earlier reviews of the account have promised and nobody has ended, by name."""
    earlier = FollowUp.objects.filter(account=meeting.account_id, status__in=STILL_OPEN).exclude(
        request=meeting.request_id
    )
    found = list(earlier.order_by("due_on", "pk").values_list("what", flat=True)[:4])
    if not found:
        return ""
    shown = [*(f"“{what}”" for what in found[:3]), *([_("and others")] if len(found) > 3 else [])]
    return _("The customer will ask about what is still open from earlier reviews: %(what)s") % {
        "what": "; ".join(shown)
    }


def no_agenda(meeting: Meeting) -> str:
    return "" if meeting.agenda.strip() else _("There is no agenda.")


def plan_of(meeting: Meeting) -> str:
    return reverse("reviews:meeting-plan", args=[meeting.pk])


def review_of(meeting: Meeting) -> str:
    return meeting.request.get_absolute_url()


def promises_to(meeting: Meeting) -> str:
    """What is still open of this customer's."""
    return f"{reverse('reviews:follow-ups')}?{urlencode({'q': meeting.request.account.name, 'state': 'live'})}"


def register_own() -> None:
    """Called once from ReviewsConfig.ready."""
    register(Check("when", gettext_lazy("Time and place are said"), no_time, plan_of))
    register(Check("document", gettext_lazy("The document is with the customer"), not_delivered, review_of))
    register(Check("attendees", gettext_lazy("Those who attend are named and invited"), unnamed, plan_of))
    register(Check("follow-ups", gettext_lazy("What was promised before is done"), left_open, promises_to))
    register(Check("agenda", gettext_lazy("The agenda is there"), no_agenda, plan_of))
