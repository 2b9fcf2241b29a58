"""The customer's pages walked field by field: nothing leaves the house that no kind of rows declares as public (N4.7, N7.6)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.db import models
from django.urls import reverse

from accounts.models import Contact
from acr_program.people.models import User
from acr_program.ui.phrases import long_day
from keyaccounts.choices_plan import PartKey
from keyaccounts.models import Contributor, PlanRow, PlanSnapshot, Proposal
from keyaccounts.models.plan_row import Part
from keyaccounts.models.spending import plainly
from keyaccounts.plan.communication_words import plan_lines, words_of
from keyaccounts.plan.content import content_of
from keyaccounts.plan.kinds import kinds
from tests.acting import make_user, take
from tests.factories import make_account

from .making_plan import a_plan, add, keep_text, say_three, token_of, with_mail

pytestmark = pytest.mark.django_db
MARK = re.compile(r"mark_([\w-]+)_of_([\w-]+)_end")
AS_OF_TODAY = {("kpis", "agreed_on")}  # not kept in the version: the day on which the customer itself agreed
CAN_TELL = 5  # digits: a number of fewer may stand on the page for another reason


def mark(name, of):
    return f"mark_{name}_of_{of}_end"


def marks(text):
    return set(MARK.findall(text))


@pytest.fixture
def plan():
    account = make_account()
    plan = a_plan("draft", account)
    say_three(plan)
    return plan


def shared(plan):
    return take(plan, "share", plan.account.manager, contact=with_mail(plan.account))


def page(plan):
    return reverse("keyaccounts:plan-by-link", args=[token_of(plan)])


# Each field of each kind, marked in the version that the customer reads


def marked_content(plan):
    """As a version is kept, with one row of every kind in which each field says its own name."""
    content = content_of(plan)
    for key, part in content["parts"].items():
        part["text"] = mark("text", key)
        part["rows"] = {
            one.key: [{"id": 1} | {name: mark(name, one.key) for name in one.fields}]
            for one in kinds()
            if one.part in ("", key) and one.model is not Part
        }
    return content


@pytest.mark.demand("N7.6", "features, 78")
def test_of_every_field_of_every_kind_the_page_shows_the_public_ones_and_no_other(plan, client):
    plan = shared(plan)
    PlanSnapshot.objects.filter(plan=plan).update(content=marked_content(plan))

    shown = marks(client.get(page(plan)).text)

    assert shown == {(name, one.key) for one in kinds() for name in one.public}
    assert len({(name, one.key) for one in kinds() for name in one.fields} - shown) > len(shown)


@pytest.mark.demand("features, 78")
def test_the_page_for_other_words_names_nothing_but_what_may_be_said_otherwise(plan, client):
    plan = shared(plan)
    PlanSnapshot.objects.filter(plan=plan).update(content=marked_content(plan))
    address = reverse("keyaccounts:plan-propose", args=[token_of(plan)])

    for one in plan_lines(plan.snapshots.get().content):
        answer = client.get(address, {"line": one.key})

        assert marks(answer.text) == {(words_of(kind), kind.key) for kind in kinds() if words_of(kind)}
        assert answer.context["form"]["words"].value() == one.ours


# The same with rows that are really there: names of people, money and days beside words


class Builder:
    """One row of each kind with something telling in every field; `told` says which, by kind and field."""

    def __init__(self, plan):
        self.plan, self.told, self.number = plan, {}, count(1)
        self.rows = {}

    def row(self, kind):
        row = self.made(kind.model, kind)
        self.told |= {(kind.key, name): said for name, said in row.said.items() if name in kind.fields}
        return row

    def made(self, model, kind=None):
        """A row of this model; one that another row only leads to is made once."""
        if kind is None and model in self.rows:
            return self.rows[model]
        row, row_said = model(plan=self.plan, changed_by=self.plan.account.manager), {}
        key = kind.key if kind else model.__name__
        for field in model._meta.concrete_fields:
            if field.name in ("id", "plan", "revision", "changed_by", "changed_at"):
                continue
            value, said = self.value(model, field, key)
            if value is not None:
                setattr(row, field.name, value)
                row_said |= {field.name: said} if said else {}
        for name, value in (kind.of if kind else {}).items():
            setattr(row, name, value)
        row.save()
        row.said = row_said
        if kind is None:
            self.rows[model] = row
        return row

    def value(self, model, field, key):
        """A value for this field, and how a page would show it; nothing where it could not be told from another."""
        n = next(self.number)
        if field.is_relation:
            return self.related(model, field, key)
        if model is Contributor and field.name == "part":
            return PartKey.DIRECTION, ""
        if field.choices:
            return next(value for value, _label in field.flatchoices if value), ""
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
            day = date(2031, 1, 1) + timedelta(days=n)
            return day, long_day(day)
        if isinstance(field, models.DecimalField):
            telling = field.max_digits - field.decimal_places >= CAN_TELL
            amount = Decimal(71000 + n) if telling else Decimal(3)
            return amount, plainly(amount) if telling else ""
        if isinstance(field, models.CharField | models.TextField):
            words = mark(field.name, key)[: field.max_length]
            return words, words if len(words) > 2 * CAN_TELL else ""
        return (3, "") if isinstance(field, models.IntegerField) else (None, "")

    def related(self, model, field, key):
        if field.related_model is User:
            if model is Contributor:  # from outside: by a name alone
                return None, ""
            person = make_user("rep", name=f"Person {field.name} {key}")
            return person, person.name
        if field.related_model is Contact:
            return self.plan.account.contacts.first(), ""
        if issubclass(field.related_model, PlanRow) and field.related_model is not model and model not in self.rows:
            return self.made(field.related_model), ""
        return None, ""


@pytest.mark.demand("N7.5", "N7.6")
def test_of_a_plan_that_says_everything_the_customer_reads_what_is_meant_for_it(plan, client):
    builder = Builder(plan)
    for one in kinds():
        if one.model is not Part:
            builder.row(one)
    for part in PartKey.values:
        keep_text(plan, part, mark("text", part))
    plan = shared(plan)

    text = client.get(page(plan)).text

    public = {(one.key, name) for one in kinds() for name in one.public} | AS_OF_TODAY
    assert sorted(key for key, said in builder.told.items() if key not in public and said in text) == []
    assert sorted(key for key, said in builder.told.items() if key in public and said not in text) == []
    assert not {name for name, _of in marks(text)} & {"text"}
    assert len(builder.told) > 30


def test_nothing_of_how_the_house_works_on_the_plan_is_on_the_customers_page(plan, client):
    """What stands beside the nine parts: who has read it, who answers what, the log, the quality, what is to be mended."""
    from keyaccounts.plan.communication_readers import put_on

    rep, reader = plan.account.manager, make_user("contributor", name="Rea Reader")
    put_on(plan, [reader], by=rep)
    plan = shared(plan)
    row = plan.opportunity_rows.get()
    add(plan, "opportunities", what="typed-since-and-not-shared")
    Proposal.objects.create(
        plan=plan, snapshot=plan.snapshots.get(), kind="opportunities", row=row.pk, field="what", ours=row.what,
        words="Another", who="Kim Kunde", changed_by=rep, answered_by=reader,
    )  # fmt: skip

    text = client.get(page(plan)).text

    for inside in (
        "Rea Reader", "typed-since-and-not-shared", "To mend next", "Quality", "of 100", f"/plans/{plan.pk}/", "History",
    ):  # fmt: skip
        assert inside not in text
    assert "Another" in text
