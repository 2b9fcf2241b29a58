"""Resources: what each action takes in days and money, what it costs against the account's worth, and the skills (N6.1 to N6.4)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from acr_program.ui.columns import Column
from acr_program.ui.parts import Fragment

from ...choices_plan import ActionState, ActionUse, PartKey
from ...models import ResourceLine, Skill
from ...models.spending import plainly
from ..format import Demand, demand
from ..kinds import Kind, kind
from ..panels import hang
from ..resources_costs import costs_of
from ..resources_skills import grid_of
from ..row_forms import RowForm

PART = PartKey.RESOURCES
STEPS = [
    (0, _("0: nothing")),
    (1, _("1: a beginning")),
    (2, _("2: works with help")),
    (3, _("3: works alone")),
    (4, _("4: teaches it")),
]
SKILL = ("role", "kind", "what", "needed", "present")


class ResourceForm(RowForm):
    """Days, money or both: a line that takes nothing says nothing."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("days") == 0 and given.get("money") == 0:
            self.add_error("days", say("Say how many people-days it takes, how much money, or both."))
        return given


class SkillForm(RowForm):
    """Both marks on the same steps from 0 to 4."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("needed", "present"):
            asked: Any = self.fields[name]
            asked.min_value, asked.max_value = 0, 4
            asked.help_text = " · ".join(str(label) for _step, label in STEPS)

    def clean_needed(self) -> int:
        return self.step("needed")

    def clean_present(self) -> int:
        return self.step("present")

    def step(self, name: str) -> int:
        given: int = self.cleaned_data[name]
        if not 0 <= given <= 4:
            self.add_error(name, say("A step from 0 to 4, please."))
        return given


def gap(skill: Skill) -> str:
    """What is missing, in a word."""
    return say("%(n)d short") % {"n": skill.needed - skill.present} if skill.present < skill.needed else ""


def holder(skill: Skill) -> str:
    return skill.role.person.name if skill.role.person else say("nobody holds it yet")


RESOURCES = kind(
    Kind(
        "resources", PART, ResourceLine, _("What the actions take"), one=_("resource"), add=_("Add what an action takes"),
        empty=_("Nothing is counted yet: begin with the action that takes most."),
        columns=[
            Column("what", _("What for"), sub="action.what"),
            Column("days", _("People-days"), lambda row: plainly(row.days), num=True),
            Column("money", _("Money"), lambda row: plainly(row.money), num=True),
        ],
        fields=("action", "what", "days", "money"), form=ResourceForm,
    )
)  # fmt: skip
SKILLS = kind(
    Kind(
        "skills", PART, Skill, _("Skills across the team"), one=_("skill"), add=_("Add a skill"),
        empty=_("No skill is written down yet: what must each role on the team be able to do?"), of={"special": False},
        columns=[
            Column("what", _("Skill"), sub=lambda row: row.get_kind_display()), Column("role", _("Role"), "role.title", sub=holder),
            Column("needed", _("Needed"), num=True), Column("present", _("Present"), num=True),
        ],
        fields=SKILL, form=SkillForm, remark=gap,
    )
)  # fmt: skip
SPECIAL = kind(
    Kind(
        "special-skills", PART, Skill, _("What this account alone asks for"), one=_("special requirement"),
        add=_("Add what this account alone asks for"),
        empty=_("Nothing is asked here that other accounts do not ask for; or nobody has thought of it yet."),
        of={"special": True},
        columns=[
            Column("what", _("What"), sub=lambda row: row.get_kind_display()), Column("role", _("Role"), "role.title", sub=holder),
            Column("needed", _("Needed"), num=True), Column("present", _("Present"), num=True),
        ],
        fields=SKILL, form=SkillForm, remark=gap,
    )
)  # fmt: skip


def costs(plan: Any, user: Any) -> Fragment | None:
    """Days and money by action and in all, and the whole against what the account is worth (N6.1, N6.4); two queries."""
    found = costs_of(plan, RESOURCES.read(plan))
    return Fragment("keyaccounts/plan_costs.html", {"costs": found}) if found.lines else None


def skills(plan: Any, user: Any) -> Fragment | None:
    """Skills down, roles across; what is needed against what is there (N6.2, N6.3); none of its own."""
    found = grid_of([*SKILLS.read(plan), *SPECIAL.read(plan)])
    return Fragment("keyaccounts/plan_skills.html", {"grid": found}) if found.rows else None


hang(PART, costs)
hang(PART, skills)

# A gap is no fault of the plan: it is what the plan is to show. Only what was not looked at is asked for.
UNCOUNTED = Q(use=ActionUse.PLAN, resources=None) & ~Q(state=ActionState.DROPPED)
demand(
    Demand(PART, "lines", _("Count what the actions take, in days and money."), "resourceline", weight=2),
    Demand(PART, "each", _("Say of each action of the plan what it takes."), "action", UNCOUNTED, most=0),
    Demand(PART, "skills", _("Say what skills the team needs, and which are there."), "skill", weight=2),
)
