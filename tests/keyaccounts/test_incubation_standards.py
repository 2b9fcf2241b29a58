"""Requirements to achieve and to keep the status, each with its own threshold, in versions (K-05)."""

import random
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from acr_program.workflow.errors import Refused, Stale, StepBlocked
from acr_program.workflow.seals import verify
from keyaccounts.actions import standards as acts
from keyaccounts.calendar import months_after
from keyaccounts.forms.incubation import missing_of
from keyaccounts.incubation_dates import checkpoint_days, last_complete
from keyaccounts.incubation_figures import OnFile
from keyaccounts.incubation_rules import meets
from keyaccounts.models import Reading, Standard
from keyaccounts.standing import counted, standing, standing_in, unmet
from keyaccounts.value_content import composed
from tests.acting import fresh, make_user, office, take
from tests.factories import make_account

from .making import a_membership
from .making_incubation import a_standard, answer, asked, figures, start

NEW = {
    "kind": "requirement", "title": "Orders a year", "origin": "orders", "direction": "at_least", "unit": "",
    "words": "", "entry_target": Decimal(12), "maintain_target": Decimal(8),
}  # fmt: skip


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.mark.demand("K-05")
def test_each_measure_has_a_target_to_enter_and_another_to_stay(people):
    rows = {one.key: one for one in a_standard().measures.all()}

    assert (rows["net-value"].entry_target, rows["net-value"].maintain_target) == (100_000, 80_000)
    assert (rows["days-to-pay"].to_enter, rows["days-to-pay"].to_stay) == ("at most 45 days", "at most 60 days")


@pytest.mark.demand("K-05")
def test_a_value_is_said_to_two_places_and_never_as_if_it_met_what_it_does_not(people):
    rows = {one.key: one for one in a_standard().measures.all()}

    assert rows["growth"].said(Decimal("63.6076")) == "63.6 %"
    assert rows["growth"].said(Decimal("4.9999")) == "4.99 %"
    assert rows["days-to-pay"].said(Decimal("45.001")) == "45.01 days"
    assert rows["net-value"].said(Decimal("152502.4125")).startswith("152,502.41")


@pytest.mark.demand("K-22")
def test_customers_are_told_what_decides_with_what_it_means_and_never_our_margin(people):
    a_standard()
    draft = acts.begin_draft(by=office("manager"))
    margin = NEW | {"title": "Margin", "origin": "margin"}
    acts.add_measure(draft, by=office("manager"), seen=fresh(draft).version, **margin)
    take(draft, "publish", office("manager"))
    membership = start(a_membership("incubator_nominated")).membership

    told = composed(membership, "anew", None)

    words = {one["title"]: one["words"] for one in told["entry"]}
    assert words["Days until they pay"] == "On average over the invoices of the quarter."
    assert {one["title"] for one in told["keep"]} == set(words)
    assert {"Margin", "Satisfaction"}.isdisjoint(words)
    assert "Margin" in {one.measure.title for one in unmet(standing(membership))}
    assert not [line for line in missing_of(membership) if "Margin" in line]


@pytest.mark.demand("K-05")
def test_a_draft_begins_with_what_is_in_force_and_changes_nothing_before_it_is_in_force(people):
    first = a_standard()
    draft = acts.begin_draft(by=office("manager"))
    acts.add_measure(draft, by=office("manager"), seen=fresh(draft).version, **NEW)
    row = draft.measures.get(key="growth")
    acts.change_measure(row, by=office("manager"), seen=fresh(draft).version, entry_target=Decimal(9))
    acts.remove_measure(draft.measures.get(key="satisfaction"), by=office("manager"), seen=fresh(draft).version)

    assert first.measures.get(key="growth").entry_target == 5
    assert {one.key for one in draft.measures.all()} ^ {one.key for one in first.measures.all()} == {
        "orders-a-year", "satisfaction",
    }  # fmt: skip
    take(draft, "publish", office("manager"))
    assert [(one.number, one.status) for one in Standard.objects.order_by("number")] == [
        (1, "retired"),
        (2, "published"),
    ]


@pytest.mark.demand("K-05", "features, 74")
def test_a_year_keeps_the_version_it_began_with(people):
    cycle = start(a_membership("incubator_nominated"))
    draft = acts.begin_draft(by=office("manager"))
    acts.change_measure(
        draft.measures.get(key="days-to-pay"), by=office("manager"), seen=fresh(draft).version, entry_target=Decimal(1)
    )
    take(draft, "publish", office("manager"))
    answer(asked(cycle), days_to_pay="40")

    line = next(one for one in standing(fresh(cycle.membership), "entry") if one.measure.key == "days-to-pay")
    assert (line.target, line.value, line.met) == (45, 40, True)


@pytest.mark.demand("K-05")
def test_what_was_in_force_is_never_changed(people):
    first = a_standard()
    row = first.measures.get(key="growth")

    with pytest.raises(Refused, match="no draft any more"):
        acts.change_measure(row, by=office("manager"), seen=fresh(first).version, entry_target=Decimal(1))
    with pytest.raises(TypeError):
        row.save()


@pytest.mark.demand("K-05")
def test_a_version_without_both_kinds_of_threshold_does_not_come_into_force(people):
    draft = a_standard("draft")
    for row in draft.measures.exclude(kind="indicator"):
        acts.change_measure(row, by=office("manager"), seen=fresh(draft).version, maintain_target=None)

    with pytest.raises(StepBlocked, match="at least one requirement with a target to stay"):
        take(draft, "publish", office("manager"))


@pytest.mark.demand("K-05")
def test_one_draft_at_a_time_and_only_by_the_manager(people):
    draft = a_standard("draft")

    with pytest.raises(Refused, match="is being written already"):
        acts.begin_draft(by=office("manager"))
    with pytest.raises(PermissionDenied):
        acts.add_measure(draft, by=office("admin"), seen=fresh(draft).version, **NEW)
    with pytest.raises(Stale):
        acts.add_measure(draft, by=office("manager"), seen=fresh(draft).version + 1, **NEW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Standard.objects.bulk_create([Standard(number=9, made_by=office("manager"))])


@pytest.mark.demand("K-05")
def test_to_enter_and_to_stay_are_told_apart_from_the_same_values(people):
    membership = a_membership("key_account")
    figures(membership.account, last_complete(date.today()), 90_000)
    take(membership, "open_re_review", office("manager"))

    enter = {one.measure.key: one.met for one in standing(fresh(membership), "entry")}
    stay = {one.measure.key: (one.met, one.value, one.date) for one in standing(fresh(membership), "maintain")}

    assert enter["net-value"] is False
    assert stay["net-value"] == (True, 90_000, last_complete(date.today()))


@pytest.mark.demand("K-05", "K-13")
def test_what_is_not_known_is_said_as_unknown_and_counts_as_not_met(people):
    cycle = start(a_membership("incubator_nominated"))

    found = standing(fresh(cycle.membership), "entry")

    assert {one.verdict for one in found} == {"Not known"}
    assert counted(found) == (0, 5)
    assert [one.measure.key for one in unmet(found)] == [
        "net-value", "growth", "share-of-wallet", "days-to-pay", "joint-meetings",
    ]  # fmt: skip


@pytest.mark.demand("K-13")
def test_a_checkpoint_has_to_hold_at_every_quarter_while_a_requirement_goes_by_the_newest(people):
    cycle = start(a_membership("incubator_nominated"))
    answer(asked(cycle, 1), joint_meetings="0", days_to_pay="60")
    answer(asked(cycle, 2), joint_meetings="3", days_to_pay="40")

    found = {one.measure.key: one for one in standing(fresh(cycle.membership), "entry")}

    assert (found["joint-meetings"].value, found["joint-meetings"].met) == (3, False)
    assert (found["days-to-pay"].value, found["days-to-pay"].met) == (40, True)


@pytest.mark.demand("K-05", "K-13")
def test_a_checkpoint_of_which_a_quarter_is_not_known_is_not_met(people):
    cycle = start(a_membership("incubator_nominated"))
    answer(asked(cycle, 1), joint_meetings="3")
    asked(cycle, 2)

    (found,) = [one for one in standing(fresh(cycle.membership), "entry") if one.measure.key == "joint-meetings"]
    (shown,) = [one for one in standing_in(fresh(cycle)) if one.measure.key == "joint-meetings"]
    answer(cycle.checkpoints.get(number=2), joint_meetings="3")
    (now,) = [one for one in standing_in(fresh(cycle)) if one.measure.key == "joint-meetings"]

    assert (found.value, found.met, found.verdict, shown.met) == (3, None, "Not known in every quarter", None)
    assert unmet([found]) == [found]
    assert now.met is True


@pytest.mark.demand("K-05")
@pytest.mark.parametrize(
    ("value", "target", "direction", "met"),
    [(5, 5, "at_least", True), (4, 5, "at_least", False), (5, 5, "at_most", True), (6, 5, "at_most", False),
     (None, 5, "at_least", None), (5, None, "at_most", None)],
)  # fmt: skip
def test_a_target_reached_exactly_is_met(value, target, direction, met):
    assert meets(value, target, direction) is met


@pytest.mark.demand("K-11")
@pytest.mark.parametrize(
    ("starts_on", "days"),
    [
        (date(2026, 1, 31), [date(2026, 4, 30), date(2026, 7, 31), date(2026, 10, 31), date(2027, 1, 31)]),
        (date(2024, 2, 29), [date(2024, 5, 29), date(2024, 8, 29), date(2024, 11, 29), date(2025, 2, 28)]),
    ],
)
def test_the_four_days_of_a_year_and_the_quarters_they_look_back_on(starts_on, days):
    found = checkpoint_days(starts_on, months_after(starts_on, 12))

    assert found == days
    assert len({last_complete(day) for day in found}) == 4


@pytest.mark.demand("K-13")
@pytest.mark.parametrize("seed", range(3))
def test_computed_values_equal_an_independent_count(people, seed):
    """Random quarters with holes; each value recounted from the bare rows."""
    dice, account = random.Random(seed), make_account()
    rows = {}
    for n in range(20):
        day = months_after(date(2022, 1, 1), 3 * n)
        if dice.random() < 0.8:
            orders = dice.randrange(9)
            promised = dice.randrange(orders + 1)
            said = {"orders": orders, "shipped": orders, "promised": promised, "on_time": dice.randrange(promised + 1)}
            rows[day] = figures(account, day, dice.randrange(-500, 9_000), **said)
    for day in rows:
        year = [rows[back] for n in range(4) if (back := months_after(day, -3 * n)) in rows]
        before = [rows[back] for n in range(4, 8) if (back := months_after(day, -3 * n)) in rows]
        on_file = OnFile([account.pk], [day])
        now, then = sum(row.net for row in year), sum(row.net for row in before)
        assert on_file.find("net_year", account.pk, day).value == now
        assert on_file.find("net_quarter", account.pk, day).value == rows[day].net
        assert on_file.find("orders", account.pk, day).value == sum(row.orders for row in year)
        grown = on_file.find("growth", account.pk, day)
        assert (grown.value if grown else None) == (100 * (now - then) / then if then > 0 else None)
        made = sum(row.promised for row in year)
        kept = on_file.find("on_time", account.pk, day)
        assert (kept.value if kept else None) == (
            Decimal(100 * sum(row.on_time for row in year)) / made if made else None
        )


@pytest.mark.demand("K-13")
def test_the_same_figures_taken_again_change_nothing(people):
    membership = a_membership("incubator_nominated")
    cycle = start(membership)
    figures(membership.account, last_complete(cycle.checkpoints.get(number=1).due_on), 40_000)
    row = asked(cycle)
    before = Reading.objects.count()

    from keyaccounts.actions.incubation_following import take_late_figures

    take_late_figures(date.today(), make_user("manager"))

    assert (Reading.objects.count(), row.status) == (before, "asked")
