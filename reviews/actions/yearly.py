"""Yearly requests by rule (R-21): who is due and who is not, with the reason; drafts in the representatives' names."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import FactKind
from accounts.models import Account, Fact
from acr_program.bulk.actions import keep
from acr_program.bulk.acts import Act
from acr_program.bulk.choices import MOST, Outcome
from acr_program.bulk.models import Bulk, BulkRow
from acr_program.charter.models import ProgramYear
from acr_program.people.choices import Role
from acr_program.people.models import RoleGrant, User
from acr_program.people.roles import program_office
from acr_program.ui.phrases import day
from acr_program.workflow.days import add_working_days
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import Refused

from .. import schedule
from ..choices import Delivery, RequestStatus
from ..models import ProcessVersion, ReviewRequest
from .requesting import tell_of_drafts

GOAL = gettext_lazy("The yearly review of what was agreed, what was delivered, and what comes next.")
HELD = (FactKind.RFP, FactKind.NEGOTIATION)


@dataclass(frozen=True)
class Rule:
    """Whose review is to be held in a year, for which audience."""

    year_id: int
    audience: str
    customer_months: int = 12
    since_months: int = 10
    spare_held: bool = True

    @cached_property
    def year(self) -> ProgramYear:
        return ProgramYear.objects.get(pk=self.year_id)

    def accounts(self) -> QuerySet[Any]:
        """Every account with what the rule asks of it: one query."""
        requests = ReviewRequest.objects.filter(account=OuterRef("pk"), audience=self.audience).order_by()
        met = requests.filter(status__in=[RequestStatus.MET, RequestStatus.CLOSED]).values("account")
        return Account.objects.select_related("manager").annotate(
            asked=Exists(requests.filter(year=self.year_id).exclude(status=RequestStatus.CANCELLED)),
            last_met=Subquery(met.annotate(on=Max(Coalesce("met_on", "meeting_on"))).values("on")),
            held=Exists(Fact.objects.filter(account=OuterRef("pk"), kind__in=HELD, ended_on=None)),
            has_rep=Exists(RoleGrant.objects.filter(person=OuterRef("manager"), role=Role.REP)),
        ).order_by("name", "pk")  # fmt: skip

    def why_not(self, account: Any, today: date) -> str:
        """The first reason why this account is not due; empty where it is."""
        reasons = (
            (account.status not in ("active", "at_risk"), _("It is no active customer.")),
            (account.asked, _("It has a request for this year and audience already.")),
            (account.manager is None, _("Nobody is known to manage it.")),
            (
                account.manager and not (account.has_rep and account.manager.is_active),
                _("Whoever manages it is no sales representative at work here."),
            ),
            (account.customer_since is None, _("Since when it is a customer is not known.")),
            (
                account.customer_since and account.customer_since > months_before(today, self.customer_months),
                _("It has not been a customer for %(n)d months.") % {"n": self.customer_months},
            ),
            (
                account.last_met and account.last_met > months_before(today, self.since_months),
                _("Its last review was on %(day)s, less than %(n)d months ago.")
                % {"day": day(account.last_met) if account.last_met else "", "n": self.since_months},
            ),
            (self.spare_held and account.held, _("A request for proposal or a negotiation is open.")),
            (self.first_day > self.year.ends_on, _("No day is left in this year that leaves time for all stages.")),
        )
        return next((reason for applies, reason in reasons if applies), "")

    @cached_property
    def first_day(self) -> date:
        """The first day of the year on which a meeting can be held with time for every stage."""
        today, pace = localdate(), ProcessVersion.objects.in_force().pace
        first = add_working_days(max(today, self.year.begins_on), 0)
        while not schedule.leaves_lead_time(first, Delivery.DIGITAL, today, pace):
            first = add_working_days(first, 1)
        return first

    def days(self, due: list[Any]) -> list[date]:
        """A meeting's day for each: a year after the last where that can be, the others evenly over what is left."""
        first, last = self.first_day, self.year.ends_on
        known = [anniversary(account.last_met, first, last) for account in due]
        open_days = [
            on for on in (first + timedelta(days=n) for n in range((last - first).days + 1)) if on.weekday() < 5
        ]
        free, place = max(1, known.count(None)), 0
        found = []
        for on in known:
            if on is None:
                on, place = open_days[place * len(open_days) // free], place + 1
            found.append(on)
        return found


def months_before(today: date, months: int) -> date:
    whole = today.year * 12 + today.month - 1 - months
    return date(whole // 12, whole % 12 + 1, min(today.day, 28))


def anniversary(last: date | None, first: date, until: date) -> date | None:
    """The working day a year after the last review, if it lies in the time that is left."""
    on = add_working_days(last + timedelta(days=364), 0) if last else None
    return on if on and first <= on <= until else None


def plan(rule: Rule, *, by: User) -> Bulk:
    """Who is due, with the day that is meant, and who is not and why; kept to be looked at, nothing is made yet."""
    check(by)
    today = localdate()
    due: list[tuple[Any, str]] = []
    others: list[tuple[Any, str]] = []
    for account in rule.accounts():
        reason = rule.why_not(account, today)
        if not reason and len(due) >= MOST:
            reason = _("More than %(n)d are due: it comes with the next run.") % {"n": MOST}
        (others if reason else due).append((account, reason))
    bulk = Bulk(person=by, act=YEARLY.name, content_type=ContentType.objects.get_for_model(Account), data=asdict(rule))
    accounts = [account for account, _reason in due]
    days = rule.days(accounts) if due else []
    told: list[tuple[Any, str, date | None]] = [(account, "", on) for account, on in zip(accounts, days, strict=True)]
    told += [(account, reason, None) for account, reason in others]
    return keep(bulk, [row_of(bulk, place, *row) for place, row in enumerate(told)])


def row_of(bulk: Bulk, place: int, account: Account, reason: str, on: date | None) -> BulkRow:
    meeting = _("a draft for %(rep)s, meeting on %(day)s")
    says = meeting % {"rep": account.manager and account.manager.name, "day": day(on)} if on else reason
    return BulkRow(
        bulk=bulk, place=place, object_id=account.pk, label=account.name[:250], url=account.get_absolute_url(),
        before=account.status, outcome=Outcome.OPEN if on else Outcome.SHUT, says=says,
        data={"meeting_on": on.isoformat()} if on else {},
    )  # fmt: skip


def check(by: User) -> None:
    if not program_office(by):
        raise PermissionDenied(_("Yearly requests are made by %(who)s.") % {"who": program_office.title})


class YearlyAct(Act):
    """A draft for each account that is still due when its turn comes."""

    def title(self, bulk: Bulk) -> str:
        return _("Make the yearly requests")

    def meaning(self, bulk: Bulk) -> str:
        return _("Each representative gets one mail with the list, says what the meeting is for, and submits.")

    def back(self, bulk: Bulk) -> str:
        return reverse("reviews:yearly")

    def take(self, bulk: Bulk, row: BulkRow, by: User) -> str:
        check(by)
        rule = Rule(**bulk.data)
        Account.objects.select_for_update(no_key=True).only("pk").get(pk=row.object_id)
        account = rule.accounts().get(pk=row.object_id)
        if reason := rule.why_not(account, localdate()):
            raise Refused(reason)
        wanted = ReviewRequest(
            account=account, year=rule.year, rep=account.manager, audience=rule.audience, goal=str(GOAL),
            meeting_on=date.fromisoformat(row.data["meeting_on"]),
            recipient=account.contacts.filter(is_main=True).exclude(email="").first(),
        )  # fmt: skip
        request = begin(wanted, by=by, comment=_("Made by the yearly rule."))
        row.data["request"], row.url = request.pk, request.get_absolute_url()
        return _("%(request)s: a draft for %(rep)s") % {"request": request, "rep": account.manager.name}

    def ended(self, bulk: Bulk, done: list[BulkRow]) -> None:
        """One mail to each representative, with all of theirs."""
        pks = [row.data["request"] for row in done]
        rows = ReviewRequest.objects.filter(pk__in=pks).select_related("account", "year", "rep")
        tell_of_drafts(rows.order_by("meeting_on", "pk"), key=f"yearly-{bulk.pk}", by_name=bulk.person.name)


YEARLY = YearlyAct("reviews.yearly")
