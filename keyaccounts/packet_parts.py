"""What stands in every packet: the account, its way through the programme, its figures, what holds, and earlier decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Fact, Figure, Performance
from accounts.quarters import in_cents, label_of
from acr_program.workflow.log import LogEntry

from .choices_panel import Outcome, ReviewStatus
from .models import Membership, PanelReview
from .packets import Rows, by_account, packet_part, row

QUARTERS = 8


def accounts_of(reviews: Sequence[Any]) -> dict[int, Any]:
    return {review.pk: review.membership.account for review in reviews}


def the_account(reviews: Sequence[Any]) -> dict[int, Rows]:
    """Who it is, and who answers for it."""
    return {
        pk: [
            row(_("Account"), account.name),
            row(_("Customer number"), account.code),
            row(_("Business unit"), account.business_unit),
            row(_("Country"), account.country),
            row(_("Customer since"), account.customer_since),
            row(_("Account manager"), account.manager.name if account.manager else ""),
            row(_("State"), account.get_status_display()),
        ]
        for pk, account in accounts_of(reviews).items()
    }


def the_way(reviews: Sequence[Any]) -> dict[int, Rows]:
    """Every step of the membership: when, what, who, and why."""
    kind = ContentType.objects.get_for_model(Membership)
    members = {review.membership_id: review.pk for review in reviews}
    found: dict[int, Rows] = defaultdict(list)
    entries = LogEntry.objects.filter(content_type=kind, object_id__in=members).exclude(step="edit")
    for entry in entries.select_related("by", "on_behalf_of", "detail", "content_type").order_by("pk"):
        found[members[entry.object_id]].append(row(entry.label, entry.at, entry.by_name, entry.comment))
    for review in reviews:
        found[review.pk].insert(0, row(_("Why it was nominated"), "", "", review.membership.nomination))
    return found


def the_figures(reviews: Sequence[Any]) -> dict[int, Rows]:
    """The last eight quarters: net value, orders, on-time share, and what was told of the rest."""
    accounts = {account.pk: pk for pk, account in accounts_of(reviews).items()}
    quarters = by_account(Performance.objects.filter(account__in=accounts).order_by("-quarter_begins_on"))
    told = by_account(Figure.objects.filter(account__in=accounts, replaced_at=None))
    return {pk: quarter_rows(quarters[account][:QUARTERS], told[account]) for account, pk in accounts.items()}


def quarter_rows(quarters: list[Any], told: list[Any]) -> Rows:
    others: dict[Any, list[str]] = defaultdict(list)
    for figure in told:
        others[figure.quarter_begins_on].append(f"{figure.get_kind_display()}: {figure.value.normalize():f}")
    return [
        row(
            label_of(one.quarter_begins_on), in_cents(one.net), one.orders, on_time(one),
            "; ".join(others[one.quarter_begins_on]), one.source, one.as_of,
        )
        for one in quarters
    ]  # fmt: skip


def on_time(one: Any) -> str:
    return f"{100 * one.on_time / one.promised:.0f} %" if one.promised else ""


def the_facts(reviews: Sequence[Any]) -> dict[int, Rows]:
    """What holds of the account now: an open request for proposal, a negotiation, that it is strategic."""
    accounts = {account.pk: pk for pk, account in accounts_of(reviews).items()}
    facts = by_account(Fact.objects.filter(account__in=accounts, ended_on=None).select_related("said_by"))
    return {
        pk: [row(fact.get_kind_display(), fact.since_on, fact.reason, fact.said_by.name) for fact in facts[account]]
        for account, pk in accounts.items()
    }


def decided_before(reviews: Sequence[Any]) -> dict[int, Rows]:
    """What earlier panels decided on the same account, whichever membership it was in."""
    accounts = {account.pk: pk for pk, account in accounts_of(reviews).items()}
    before = PanelReview.objects.filter(membership__account__in=accounts, status=ReviewStatus.RELEASED)
    found: dict[int, Rows] = defaultdict(list)
    for one in before.select_related("membership", "session").defer("packet").order_by("pk"):
        said = one.decision
        found[accounts[one.membership.account_id]].append(
            row(
                str(Outcome(one.outcome).label),
                localdate(one.decided_at),
                str(one.session or ""),
                said.get("reason", ""),
            )
        )
    return found


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    packet_part("account", gettext_lazy("The account"), (), the_account, order=10)
    way = [gettext_lazy("Step"), gettext_lazy("When"), gettext_lazy("By"), gettext_lazy("Why")]
    packet_part("way", gettext_lazy("Its way through the programme"), way, the_way, order=20)
    figures = [
        gettext_lazy("Quarter"), gettext_lazy("Net value"), gettext_lazy("Orders"), gettext_lazy("On time"),
        gettext_lazy("As told"), gettext_lazy("Source"), gettext_lazy("As of"),
    ]  # fmt: skip
    packet_part("figures", gettext_lazy("Figures by quarter"), figures, the_figures, order=60)
    facts = [
        gettext_lazy("What holds"),
        gettext_lazy("Since"),
        gettext_lazy("How it is known"),
        gettext_lazy("Said by"),
    ]
    packet_part("facts", gettext_lazy("On file"), facts, the_facts, order=70)
    before = [gettext_lazy("Decision"), gettext_lazy("Decided on"), gettext_lazy("Panel"), gettext_lazy("Why")]
    packet_part("before", gettext_lazy("Earlier decisions"), before, decided_before, order=80)
