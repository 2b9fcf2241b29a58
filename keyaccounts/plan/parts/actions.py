"""Actions, roles, the escalation ladder and the rescue plan (N5.1 to N5.7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.core.validators import MinValueValidator
from django.db.models import Q
from django.forms import HiddenInput
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from acr_program.ui.columns import Column
from acr_program.ui.parts import Fragment
from acr_program.workflow.book import once
from acr_program.workflow.days import working_days_between

from ...choices_plan import ActionState, ActionUse, PartKey, Subject
from ...models import Action, Event, Rung
from ...plan_rules import may_write
from .. import actions_clock, actions_panel  # noqa: F401 (duties and panels are known by name)
from ..actions_rescue import DAYS, standing
from ..actions_showing import shown_late
from ..actions_waiting import is_late, let_read, settle
from ..format import Demand, demand
from ..kinds import Kind, kind, kinds
from ..panels import hang
from ..row_forms import RowForm
from ..writing import follow
from .relation import TEAM

PART = PartKey.ACTIONS
HOW = ("measured", "reviewed", "told")  # what each action must say (N5.4)


class ActionForm(RowForm):
    """What, for which goal, by when, by whom; what is done has the day on which it was."""

    ASKS: tuple[str, ...] = ("objective", "due", "owner")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.ASKS:
            self.fields[name].required = True
        if "objective" in self.fields:
            self.fields["objective"].help_text = say("A goal of the blueprint: write it down there first.")
        self.fields["helpers"].help_text = say("Who helps; whoever has it stands above.")
        self.offer_states()

    def offer_states(self) -> None:
        field: Any = self.fields["state"]
        field.choices = [one for one in ActionState.choices if one[0] != ActionState.WAITING]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        done = given.get("state") == ActionState.DONE
        given["done_on"] = (given.get("done_on") or localdate()) if done else None
        if given["done_on"] and given["done_on"] > localdate():
            self.add_error("done_on", say("This day is still to come."))
        return given


class RescueForm(ActionForm):
    """An action of the rescue plan: it has its day once the plan is started."""

    ASKS = ("within", "owner")
    LATER = ("state", "due", "done_on", "result")  # asked once it runs

    def offer_states(self) -> None:
        self.fields["within"].initial = self.instance.within or DAYS
        self.fields["within"].validators.append(MinValueValidator(1))
        self.fields["within"].help_text = say("Counted from the day on which the rescue plan is started.")
        if self.instance.state == ActionState.WAITING:
            for name in self.LATER:
                self.fields[name].disabled = True
                self.fields[name].widget = HiddenInput()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("state") == ActionState.WAITING:
            given["due"] = None
        return given


class RungForm(RowForm):
    """After how many working days whom."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].validators.append(MinValueValidator(1))
        self.fields["after"].help_text = say("1: in the morning of the first working day after the day it was due.")


def helpers_of(row: Action) -> str:
    """Who helps, by name; one query for all rows of a page."""
    return ", ".join(once(f"helpers in plan {row.plan_id}", lambda: helpers_in(row.plan_id)).get(row.pk, []))


def helpers_in(plan: int) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Action.helpers.through.objects.filter(action__plan=plan).order_by("user__name", "pk")
    for action, name in rows.values_list("action", "user__name"):
        found[action].append(name)
    return found


def how_of(row: Action) -> str:
    """How success is measured, reviewed and communicated, in one cell."""
    words = {"measured": say("Measured: %(how)s"), "reviewed": say("Reviewed: %(how)s"), "told": say("Told: %(how)s")}
    return "; ".join(words[name] % {"how": getattr(row, name)} for name in HOW)


def remark(row: Action) -> str:
    if is_late(row):
        assert row.due is not None
        days = working_days_between(row.due, localdate())
        return ngettext("%(n)d working day late", "%(n)d working days late", days) % {"n": days}
    if row.state == ActionState.OPEN and row.owner is None:
        return say("Nobody has it")
    return ""


def rung_remark(row: Rung) -> str:
    return "" if row.person.is_active else say("They have left: the program manager is told")


def days_of(row: Any) -> str:
    return ngettext("%(n)d working day", "%(n)d working days", row) % {"n": row}


ACTIONS = kind(
    Kind(
        "actions", PART, Action, _("Actions"), one=_("action"), add=_("Add an action"),
        empty=_("No action is written down yet: what is done first, for which goal?"), of={"use": ActionUse.PLAN},
        columns=[
            Column("what", _("Action"), sub=lambda row: str(row.objective or "")),
            Column("due", _("By when"), nowrap=True), Column("owner", _("Who"), "owner.name", sub=helpers_of, empty=_("nobody")),
            Column("state", _("State")), Column("how", _("Measured, reviewed, told"), how_of, whole=True),
        ],
        fields=("what", "objective", "due", "owner", "helpers", *HOW, "state", "done_on", "result"),
        form=ActionForm, remark=remark, public=("what", "due", "state"), subject=Subject.ACTIVITY,
        carries=lambda row: row.state == ActionState.OPEN,
    )
)  # fmt: skip
RUNGS = kind(
    Kind(
        "rungs", PART, Rung, _("Escalation ladder"), one=_("rung"), add=_("Add a rung"),
        empty=_("Nobody is told yet when something stays undone: who is told first, and after how many working days?"),
        columns=[
            Column("after", _("Late by"), lambda row: days_of(row.after), nowrap=True),
            Column("person", _("Who is told"), "person.name"),
        ],
        fields=("after", "person"), form=RungForm, remark=rung_remark,
    )
)  # fmt: skip
RESCUE = kind(
    Kind(
        "rescue", PART, Action, _("Rescue plan"), one=_("action of the rescue plan"), add=_("Add an action to the rescue plan"),
        empty=_("What do we do if this account may be lost? Write it down while all is well; one click starts it."),
        of={"use": ActionUse.RESCUE}, begins={"state": ActionState.WAITING},
        columns=[
            Column("what", _("Action")), Column("within", _("Within"), lambda row: days_of(row.within or DAYS), nowrap=True),
            Column("due", _("By when"), nowrap=True, empty=_("once it is started")),
            Column("owner", _("Who"), "owner.name", sub=helpers_of, empty=_("the account manager")),
            Column("state", _("State")),
        ],
        fields=("what", "within", "owner", "helpers", *HOW, "state", "due", "done_on", "result"),
        form=RescueForm, remark=remark, carries=lambda row: row.state in (ActionState.WAITING, ActionState.OPEN),
    )
)  # fmt: skip


def every_action(plan: Any) -> list[Action]:
    """Those of the plan, of the rescue plan and of run-ups to renewals: the page has read them already."""
    return [row for one in kinds() if one.model is Action for row in one.read(plan)]


def roles(plan: Any, user: Any) -> Fragment:
    """Every role on the team, who holds it, what for, and how many actions they have open (N5.5)."""
    has = Counter(row.owner_id for row in every_action(plan) if row.state == ActionState.OPEN and row.owner_id)
    lines = [(role, has[role.person_id] if role.person_id else 0) for role in TEAM.read(plan)]
    return Fragment("keyaccounts/plan_roles.html", {"of": plan, "lines": lines, "may": may_write(user, plan)})


def late(plan: Any, user: Any) -> Fragment | None:
    """What is late and what comes next, who has it, and how far it has gone up the ladder (N5.2, N5.6)."""
    found = shown_late(plan, user, every_action(plan), RUNGS.read(plan))
    return Fragment("keyaccounts/plan_late.html", {"late": found, "of": plan}) if found.lines else None


def rescue(plan: Any, user: Any) -> Fragment:
    """Where the rescue plan stands, and the click that starts it (N5.7)."""
    said = {"of": plan, "rescue": standing(plan, RESCUE), "may": may_write(user, plan)}
    return Fragment("keyaccounts/plan_rescue.html", said)


def listed(row: Any, plan: Any, gone: bool) -> None:
    """Whoever is named for something is to see the plan."""
    if not gone:
        let_read(plan, row.person)


hang(PART, late)
hang(PART, rescue)
hang(PART, roles)
follow(Action, settle)
follow(Event, settle)
follow(Rung, listed)

MINE = Q(use=ActionUse.PLAN) & ~Q(state=ActionState.DROPPED)
demand(
    Demand(PART, "actions", _("Write down at least one action."), "action", MINE, weight=3),
    Demand(PART, "goals", _("Say of each action which goal it serves."), "action", MINE & Q(objective=None), most=0),
    Demand(
        PART, "owners", _("Say of each open action who has it, and by when."), "action",
        Q(use=ActionUse.PLAN, state=ActionState.OPEN) & (Q(owner=None) | Q(due=None)), most=0, weight=2,
    ),
    Demand(
        PART, "how", _("Say of each action how success is measured, reviewed and communicated."), "action",
        MINE & (Q(measured="") | Q(reviewed="") | Q(told="")), most=0,
    ),
    Demand(
        PART, "late", _("Something is late: do it, drop it, or give it a day that holds."), "action",
        lambda: Q(state=ActionState.OPEN, due__lt=localdate()), most=0, weight=2,
    ),
    Demand(PART, "roles", _("Write down the roles on the account team, and who holds them."), "teamrole", ~Q(person=None)),
    Demand(PART, "ladder", _("Say who is told when something stays undone."), "rung", weight=2),
    Demand(
        PART, "rescue", _("Write down what is done if the account may be lost."), "action",
        Q(use=ActionUse.RESCUE) & ~Q(state=ActionState.DROPPED), weight=2,
    ),
)  # fmt: skip
