"""What is generated agrees with what is written; every machine keeps the kernel's rules."""

import pytest
from django.conf import settings
from django.db.models import CheckConstraint
from django.utils.module_loading import import_string

from acr_program.workflow.docs import files, machines
from acr_program.workflow.forms import StepForm
from acr_program.workflow.words import outcome_of

STEPS = [(machine, step) for machine in machines() for step in machine.declared_steps().values()]
NAMES = [f"{machine._meta.model_name}.{step.name}" for machine, step in STEPS]


def test_the_drawn_machines_are_the_ones_in_the_code():
    folder = settings.BASE_DIR / "docs" / "workflows"
    there = {path.name: path.read_text() for path in folder.glob("*.md")}

    assert there == files(), "Run manage.py workflow_docs and commit docs/workflows."


@pytest.mark.parametrize("machine", machines(), ids=lambda machine: machine._meta.model_name)
def test_every_machine_keeps_the_rules(machine):
    checked = [c.condition for c in machine._meta.constraints if isinstance(c, CheckConstraint)]
    field = machine._meta.get_field("status")
    everything = set(field.flatchoices and dict(field.flatchoices))

    assert any(
        ("status__in", list(everything)) == child or "status__in" in str(child) for c in checked for child in c.children
    )
    assert field.protected is True
    assert everything == set(machine.STATES.values)
    assert set(machine.STATES.tones) == everything
    assert {s for step in machine.declared_steps().values() for s in (*step.sources, step.target)} <= everything
    assert callable(machine.objects.none().visible_to)


ALSO_BEGIN = {"statement": {"draft"}}  # a farewell is written and approved before it can be sent


@pytest.mark.parametrize("machine", machines(), ids=lambda machine: machine._meta.model_name)
def test_every_state_can_be_reached(machine):
    reached = {machine._meta.get_field("status").default} | ALSO_BEGIN.get(machine._meta.model_name, set())
    for _round in machine.STATES:
        reached |= {step.target for step in machine.declared_steps().values() if reached & set(step.sources)}

    assert reached == set(machine.STATES.values)


@pytest.mark.parametrize(("machine", "step"), STEPS, ids=NAMES)
def test_every_step_says_who_and_in_whole_sentences(machine, step):
    assert step.by
    assert all(str(role.title) for role in step.by)
    assert all(str(need.says).strip().endswith(".") for need in machine.needs_of(step))
    assert all(awaited.step in {name for m in machines() for name in m.declared_steps()} for awaited in step.awaits)
    assert step.kind in ("", "quiet", "danger")


@pytest.mark.parametrize(("machine", "step"), STEPS, ids=NAMES)
def test_every_step_says_what_it_leads_to(machine, step):
    """In words of its own: what is so now, to be followed by the thing, and in a whole sentence what follows."""
    outcome = outcome_of(machine, step.name)

    assert "“" not in str(outcome.done)
    assert not str(outcome.done).endswith(".")
    assert str(outcome.then).endswith(".")


UNASKED = {  # says no to nobody: wins back, follows from what a panel decided, takes back one's own word
    ("account", "reopen"), ("incubationcycle", "close"), ("scorecard", "reopen"),
}  # fmt: skip
SAYS_NO = [
    (machine, step)
    for machine, step in STEPS
    if step.name
    in ("send_back", "ask_for_changes", "reopen", "cancel", "close", "waive", "rework", "flag_risk", "failed")
    and (machine._meta.model_name, step.name) not in UNASKED
]


@pytest.mark.parametrize(("machine", "step"), SAYS_NO, ids=lambda x: getattr(x, "name", None) or x._meta.model_name)
def test_a_step_that_says_no_demands_a_comment(machine, step):
    form = import_string(step.form)

    assert issubclass(form, StepForm)
    assert "comment" in form.base_fields


@pytest.mark.parametrize(("machine", "step"), STEPS, ids=NAMES)
def test_a_form_asks_what_its_step_takes(machine, step):
    """What a form gives is what the method takes, and nothing the method needs is left out."""
    import inspect

    method = inspect.signature(inspect.unwrap(getattr(machine, step.name)))
    takes = {
        p.name: p.default is p.empty for p in method.parameters.values() if p.kind is p.KEYWORD_ONLY and p.name != "by"
    }
    form = import_string(step.form) if step.form else None
    asked = set(getattr(form, "GIVES", form.base_fields)) if form else set()
    by_people = any(getattr(role, "__name__", "") not in ("the_clock", "the_customer") for role in step.by)

    assert asked <= set(takes)
    if by_people:
        assert {name for name, needed in takes.items() if needed} <= asked
