"""What the reviews show on pages of the apps below: an account's reviews, a rep's own accounts, what the office watches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import keep_lazy_text
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.absent import without_absent
from accounts.models import Account
from acr_program.charter.choices import YearStatus
from acr_program.charter.models import Program, ProgramYear
from acr_program.desk.beside.records import talked
from acr_program.desk.glances import Glance, act, glance
from acr_program.desk.search import Hit, matching, searcher
from acr_program.desk.today import count_as
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import reps
from acr_program.workflow.obligations import never_for_oneself
from acr_program.workflow.registry import panel
from acr_program.workflow.words import say

from . import rules
from .choices import ENDED, Audience, RequestStatus
from .evidence.taking import may_take
from .models import (
    Approval,
    Document,
    FollowUp,
    InformationRequest,
    PrintAlarm,
    ReviewRequest,
    Revision,
    StarPerformer,
    Suggestion,
    TouchPoint,
)
from .pages import currency, feedback_panels, follow_panels, print_panels, stale_panels, timeline, voices_panels
from .pages.newest import newest_of, with_program
from .pages.year import of_year
from .schedule import slipped

SHOWN = 10
ASKED_LATER = (rules.meeting_set, rules.meeting_ahead, rules.lead_time, rules.reachable)  # what the form asks for


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    panel(Account, of_account)
    panel(ProgramYear, of_year)
    panel(Program, currency.of_program)
    for kind in (ReviewRequest, InformationRequest, Document):
        talked(kind)
    feedback_panels.register()
    follow_panels.register()
    print_panels.register()
    voices_panels.register()
    stale_panels.register()
    count_as("touch_points", TouchPoint)
    count_as("revisions", Revision)
    glance(my_accounts)
    act(gettext_lazy("Request a review"), "reviews:new", "plus", reps)
    searcher("requests", gettext_lazy("Requests"), find, order=20, all_url="reviews:requests")
    never_for_oneself(Approval)
    count_as("contributions", InformationRequest)
    count_as("approvals", Approval)
    count_as("follow_ups", FollowUp)
    count_as("suggestions", Suggestion)
    count_as("stars", StarPerformer)
    for name, said in timeline.SAYS.items():
        say(apps.get_model("reviews", name), **{step: without_name(words) for step, words in said.items()})


@keep_lazy_text
def without_name(words: Any) -> str:
    """A deed for a page where the thing itself is not named."""
    for named, plain in (
        ("“%(of)s”", _("a section")),
        ("version %(of)s", _("the document")),
        ("%(of)s", _("a leader")),
    ):
        words = str(words).replace(named, plain)
    return str(words)


@dataclass(frozen=True)
class Asking:
    """Whether a review of the account may be requested now, and why not."""

    url: str
    reasons: list[str]


def of_account(account: Account, user: User) -> Any:
    """The reviews of one account, newest first, and the way to the next one for its representative."""
    requests = newest_of(account, user)
    is_theirs = user.has(Role.REP) and user.acts_as(account.manager_id)
    context = {
        "requests": requests[:SHOWN], "more": len(requests) > SHOWN, "account": account,
        "asking": asking(account, requests) if is_theirs else None, "evidence": evidence_of(account, requests, user),
    }  # fmt: skip
    drawn = render_to_string("reviews/of_account.html", context)
    undertaken = follow_panels.of_account(account, user) if requests else None  # no review, no follow-up
    return drawn + undertaken if undertaken else drawn


def evidence_of(account: Account, requests: Sequence[ReviewRequest], user: User) -> list[tuple[str, str]]:
    """The way to the evidence of each of these years, newest first, for whoever may take it."""
    if not may_take(user, account):
        return []
    years = {one.year.label: one.year_id for one in requests if one.status != RequestStatus.DRAFT}
    return [(label, reverse("reviews:evidence", args=[account.pk, year])) for label, year in years.items()]


def asking(account: Account, known: Sequence[Any]) -> Asking:
    """The needs of the step that submits, asked of a request that is not there yet."""
    url = f"{reverse('reviews:new')}?account={account.pk}"
    running = [request for request in known if request.year.status == YearStatus.RUNNING]
    found = max(running, key=lambda one: one.year.begins_on, default=None)
    years = ProgramYear.objects.filter(status=YearStatus.RUNNING).order_by("-begins_on")
    source: Any = found or with_program(years).first()
    if source is None:
        return Asking(url, [_("No program year is running.")])
    year = found.year if found else source
    wished = ReviewRequest(account=account, year=year, rep=account.manager)
    wished.program = Program.from_db(None, ("id", "status"), (source.program_key, source.program_status))
    needs = ReviewRequest.needs_of(ReviewRequest.declared_steps()["submit"])
    apart = (*ASKED_LATER, rules.one_at_a_time)
    reasons = [str(need.says) for need in needs if need not in apart and not need.holds(wished)]
    if Audience.values and taken(known, year) >= set(Audience.values):
        reasons.append(str(rules.one_at_a_time.says))
    return Asking(url, reasons)


def taken(known: Sequence[ReviewRequest], year: ProgramYear) -> set[str]:
    """The audiences for which a review of this year is under way."""
    idle = (RequestStatus.DRAFT, *ENDED)
    return {request.audience for request in known if request.year_id == year.pk and request.status not in idle}


def my_accounts(user: User) -> Glance | None:
    """A representative's own accounts, each with this year's review and copies that are in danger: one query."""
    if not reps(user):
        return None
    newest = ReviewRequest.objects.filter(account=OuterRef("pk"), year__status=YearStatus.RUNNING).order_by(
        "-created_at"
    )
    newest = newest.exclude(status=RequestStatus.CANCELLED)
    accounts = without_absent(Account.objects.filter(manager=user).live(), user).order_by("name", "pk")
    for name in ("pk", "status", "meeting_on", "delivery", "pace"):
        accounts = accounts.annotate(**{f"review_{name}": Subquery(newest.values(name)[:1])})
    alarms = PrintAlarm.objects.standing().filter(order__request__account=OuterRef("pk")).order_by("needed_by", "pk")
    accounts = accounts.annotate(in_danger=Subquery(alarms.values("order")[:1]))
    rows = [AccountRow(account) for account in accounts[: SHOWN + 3]]
    return Glance("reviews/my_accounts.html", {"rows": rows[: SHOWN + 2], "more": len(rows) > SHOWN + 2})


class AccountRow:
    """One of my accounts, with this year's review where there is one."""

    def __init__(self, account: Any) -> None:
        self.account, self.meeting_on = account, account.review_meeting_on
        self.status = RequestStatus(account.review_status) if account.review_status else None
        self.url = reverse("reviews:request", args=[account.review_pk]) if account.review_pk else ""
        self.plan = (account.review_meeting_on, account.review_delivery, localdate(), account.review_pace)
        self.copies_url = reverse("reviews:print-order", args=[account.in_danger]) if account.in_danger else ""
        self.slipped = [stage.label for stage in slipped(self.status, *self.plan)] if self.status else []


def find(user: User, text: str) -> list[Hit]:
    """Requests by account, year and representative."""
    rows = (
        ReviewRequest.objects.visible_to(user).select_related("account", "year", "rep").order_by("-created_at", "-pk")
    )
    return [
        Hit(
            str(request), request.get_absolute_url(), request.rep.name, badge=request.get_status_display(),
            tone=request.tone, icon="document", of=request,
        )
        for request in matching(rows, text)
    ]  # fmt: skip
