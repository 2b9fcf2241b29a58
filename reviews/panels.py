"""What the reviews show on pages of the apps below: an account's reviews, a rep's own accounts, what the office watches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import keep_lazy_text
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from acr_program.charter.choices import YearStatus
from acr_program.charter.models import ProgramYear
from acr_program.desk.beside.records import talked
from acr_program.desk.glances import Glance, act, glance
from acr_program.desk.search import Hit, matching, searcher
from acr_program.desk.today import count_as
from acr_program.desk.watches import watch
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import reps
from acr_program.ui.parts import Waiting
from acr_program.workflow.registry import panel
from acr_program.workflow.words import say

from . import rules
from .choices import ENDED, Audience, DocumentStatus, RequestStatus
from .models import Approval, Document, InformationRequest, ReviewRequest
from .pages import timeline
from .pages.year import of_year

SHOWN = 10
ASKED_LATER = (rules.meeting_set, rules.meeting_ahead, rules.lead_time, rules.reachable)  # what the form asks for


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    panel(Account, of_account)
    panel(ProgramYear, of_year)
    for kind in (ReviewRequest, InformationRequest, Document):
        talked(kind)
    glance(my_accounts)
    act(gettext_lazy("Request a review"), "reviews:new", "plus", reps)
    searcher("requests", gettext_lazy("Requests"), find, order=20, all_url="reviews:requests")
    watch("documents", gettext_lazy("Not rendered"), failed_documents, show=failed_document)
    count_as("contributions", InformationRequest)
    count_as("approvals", Approval)
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
    rows = ReviewRequest.objects.visible_to(user).filter(account=account).select_related("year", "rep")
    requests = list(rows.order_by("-created_at", "-pk")[: SHOWN + 1])
    is_theirs = user.has(Role.REP) and user.acts_as(account.manager_id)
    context = {
        "requests": requests[:SHOWN], "more": len(requests) > SHOWN, "account": account,
        "asking": asking(account, requests) if is_theirs else None,
    }  # fmt: skip
    return render_to_string("reviews/of_account.html", context)


def asking(account: Account, known: Sequence[ReviewRequest]) -> Asking:
    """The needs of the step that submits, asked of a request that is not there yet."""
    url = f"{reverse('reviews:new')}?account={account.pk}"
    year = ProgramYear.objects.filter(status=YearStatus.RUNNING).order_by("-begins_on").first()
    if year is None:
        return Asking(url, [_("No program year is running.")])
    wished = ReviewRequest(account=account, year=year, rep=account.manager)
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
    """A representative's own accounts, each with this year's review: one query."""
    if not reps(user):
        return None
    newest = ReviewRequest.objects.filter(account=OuterRef("pk"), year__status=YearStatus.RUNNING).order_by(
        "-created_at"
    )
    newest = newest.exclude(status=RequestStatus.CANCELLED)
    accounts = Account.objects.filter(manager=user).live().order_by("name", "pk")
    for name in ("pk", "status", "meeting_on"):
        accounts = accounts.annotate(**{f"review_{name}": Subquery(newest.values(name)[:1])})
    rows = [AccountRow(account) for account in accounts[: SHOWN + 3]]
    return Glance("reviews/my_accounts.html", {"rows": rows[: SHOWN + 2], "more": len(rows) > SHOWN + 2})


class AccountRow:
    """One of my accounts, with this year's review where there is one."""

    def __init__(self, account: Any) -> None:
        self.account, self.meeting_on = account, account.review_meeting_on
        self.status = RequestStatus(account.review_status) if account.review_status else None
        self.url = reverse("reviews:request", args=[account.review_pk]) if account.review_pk else ""


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


def failed_documents() -> QuerySet[Any]:
    """The latest documents of reviews that could not be rendered."""
    rows = Document.objects.filter(status=DocumentStatus.FAILED).exclude(request__status__in=ENDED)
    return rows.select_related("request__account", "request__year")


def failed_document(document: Any) -> Waiting:
    return Waiting(
        title=str(document.request), url=document.get_absolute_url(), when=_("Failed"), note=document.error, tone="bad",
        act=_("Mend it"),
    )  # fmt: skip
