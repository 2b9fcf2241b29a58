"""Who works on an account plan, who agrees to it, and what its steps need. Functions of the object; no models."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Exists
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import rules as accounts
from acr_program.people.models import User
from acr_program.people.roles import role
from acr_program.workflow.book import once
from acr_program.workflow.steps import Need

from .choices_plan import LIVING, ObjectiveKind, PartKey, Subject
from .value_rules import account_hands, account_side, approver

__all__ = ["account_hands", "account_side", "approver"]
THREE = {
    "direction": gettext_lazy("the direction"), "opportunities": gettext_lazy("the opportunities"),
    "priorities": gettext_lazy("the priorities"),
}  # fmt: skip


def plan_of(row: Any) -> Any:
    """The plan of a row, or the plan itself."""
    return getattr(row, "plan", row)


def people_of(plan: Any, rows: str) -> list[Any]:
    """The seats of the team or the contributors, read once for a page or a click: its lists take the same (`Kind.read`)."""
    every = getattr(plan, f"{rows}_rows").select_related("changed_by", "person")
    return once(f"every {rows} of plan {plan.pk}", lambda: list(every))


def team_of(plan: Any) -> set[int]:
    """Whoever holds a role on the account team or contributes to a part, by key."""
    every = people_of(plan, "teamrole") + people_of(plan, "contributor")
    return {one.person_id for one in every if one.person_id}


@role(gettext_lazy("the account team, the leader above, or the program office"))
def on_team(user: User, row: Any) -> bool:
    """The account manager, whoever has a role on the team (N4.4) or contributes (N4.5); their stand-ins as well."""
    plan = plan_of(row)
    return accounts.keepers(user, plan.membership.account) or any(user.acts_as(one) for one in team_of(plan))


def may_write(user: User, plan: Any) -> bool:
    return plan.status in LIVING and on_team(user, plan)


def the_team(plan: Any) -> list[User]:
    """Everybody who works on it."""
    roles = plan.teamrole_rows.exclude(person=None).select_related("person")
    people = {one.person.pk: one.person for one in roles if one.person.is_active}
    return list(({person.pk: person for person in account_hands(plan)} | people).values())


def missing_of_three(plan: Any) -> list[str]:
    """Which of direction, opportunities and priorities say nothing yet (N4.2)."""
    rows = {
        "direction": plan.part_rows.filter(key=PartKey.BLUEPRINT).exclude(text=""),
        "opportunities": plan.opportunity_rows.all(),
        "priorities": plan.objective_rows.filter(kind=ObjectiveKind.GOAL, priority__isnull=False),
    }
    there = {key: Exists(one.order_by()) for key, one in rows.items()}
    said = type(plan)._default_manager.filter(pk=plan.pk).order_by().values(**there).get()
    return [key for key in THREE if not said[key]]


def says_three(plan: Any) -> str:
    missing = [str(THREE[key]) for key in missing_of_three(plan)]
    return _("The plan does not say yet: %(what)s.") % {"what": ", ".join(missing)} if missing else ""


def confirmations_of(plan: Any) -> list[Any]:
    """What the customer confirmed of the version it was shown last; read once as long as nobody writes to the plan."""
    shown = plan.snapshots.order_by("-number").values("pk")[:1]
    rows = apps.get_model("keyaccounts", "PlanConfirmation")._default_manager.filter(snapshot=shown)
    return once(f"confirmations of plan {plan.pk}, {plan.version}", lambda: list(rows))


def unconfirmed(plan: Any) -> list[str]:
    """What the customer has not confirmed of the version it was shown last (N7.6)."""
    said = {one.subject for one in confirmations_of(plan)}
    return [subject for subject in Subject.values if subject not in said]


def says_unconfirmed(plan: Any) -> str:
    missing = [str(Subject(one).label) for one in unconfirmed(plan)]
    return _("The customer has not confirmed yet: %(what)s.") % {"what": "; ".join(missing)} if missing else ""


has_three = Need(
    gettext_lazy("The plan says its direction, its opportunities and its priorities."),
    lambda plan: not missing_of_three(plan), names=says_three,
)  # fmt: skip
is_confirmed = Need(
    gettext_lazy("The customer has confirmed all four: the proposition, opportunities, priorities and activity."),
    lambda plan: not unconfirmed(plan), names=says_unconfirmed,
)  # fmt: skip
