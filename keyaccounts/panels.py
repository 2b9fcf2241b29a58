"""The programme on the pages of accounts: where the account stands, its way through the years, its tier (feature 72)."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, OuterRef, Subquery
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts import marks
from accounts.models import Account
from acr_program.people.models import User
from acr_program.workflow.registry import panel

from .choices import HOLDING
from .models import Membership, programme_words
from .pages.membership import sentence_of
from .pages.picture import Ways, way_of
from .pages.plan_section import newest_plan, with_plan
from .rules import is_customer, may_nominate
from .ways import way_within, with_moves


def of_account(account: Account, user: User) -> Any:
    """Every membership of the account that this person sees, and the way to nominate it; nothing where there is no programme."""
    called = programme_words()
    if not called.is_written:
        return None
    rows = with_plan(with_moves(Membership.objects.visible_to(user))).of_account(account.pk)
    may = is_customer(account) and may_nominate(user, account) and not any(row.is_live or row.is_barred for row in rows)
    if not rows and not may:
        return None
    plans = [plan for row in rows if (plan := newest_plan(row))]
    said = {"account": account, "rows": rows, "plans": plans, "called": called, "may_nominate": may, "way": drawn(rows)}
    return render_to_string("keyaccounts/rounds_of_account.html", said)


def drawn(rows: list[Membership]) -> Ways | None:
    if not rows:
        return None
    ways = [way_of(row, way_within(row), str(row.round)) for row in rows]
    return Ways(sentence_of(rows[0], way_within(rows[0])), ways, _("Round"))


def tier_beside(account: str) -> Subquery:
    """The name of the tier that the account has now; `account` is its place in the outer row."""
    rows = Membership.objects.filter(account=OuterRef(account), status__in=HOLDING).order_by()
    return Subquery(rows.values("tier__name")[:1], output_field=CharField())


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    panel(Account, of_account)
    marks.hang(tier_beside)
