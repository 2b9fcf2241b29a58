"""On the page of an account that is at risk: its rescue plan, and the click that starts it (N5.7; feature 80)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from accounts.choices import AccountStatus
from accounts.models import Account
from acr_program.people.models import User
from acr_program.ui.parts import Fragment
from acr_program.workflow.registry import panel

from ..choices_plan import ActionState, ActionUse
from ..models import AccountPlan, Action
from ..plan_rules import may_write
from .actions_waiting import in_work


def of_account(account: Account, user: User) -> Fragment | None:
    """Of the plan that the account is worked by; one query more, and one for who may; none where it is not at risk."""
    if account.status != AccountStatus.AT_RISK:
        return None
    rows = Action.objects.filter(plan=OuterRef("pk"), use=ActionUse.RESCUE).order_by()
    plans = AccountPlan.objects.visible_to(user).filter(membership__account=account, pk__in=in_work().values("pk"))
    plan = plans.for_page().annotate(
        waits=Exists(rows.filter(state=ActionState.WAITING)), runs=Exists(rows.filter(state=ActionState.OPEN))
    ).first()  # fmt: skip
    if plan is None:
        return None
    said = {"plan": plan, "may": plan.waits and may_write(user, plan)}
    return Fragment("keyaccounts/plan_rescue_of_account.html", said)


panel(Account, of_account)
