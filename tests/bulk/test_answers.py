"""What a step asks, asked once for many rows: plain answers alone, each row judged by its own form."""

from datetime import date

import pytest
from django import forms
from django.db import models
from django.utils.timezone import localdate

from acr_program.bulk.actions import fits
from acr_program.bulk.acts import form_of
from acr_program.bulk.models import Bulk
from acr_program.jobs.work import drain
from acr_program.ui.forms import Day
from acr_program.workflow.docs import machines
from acr_program.workflow.forms import StepForm
from acr_program.workflow.log import plain
from acr_program.workflow.perform import loggable
from tests.desk.asking import text
from tests.factories import fresh, make_request

pytestmark = pytest.mark.django_db
FITTING = [(m, s) for m in machines() for s in m.declared_steps().values() if s.form and fits(s)]
PLAIN = (
    forms.CharField,
    forms.ChoiceField,
    forms.DateField,
    forms.BooleanField,
    forms.DecimalField,
    forms.IntegerField,
)


def chosen(client, rows, step, name="requests"):
    answer = client.post(f"/bulk/of/{name}/", {"step": step, "pick": [row.pk for row in rows]})
    return Bulk.objects.get(pk=answer.url.split("/")[2])


def go(client, bulk, **data):
    answer = client.post(f"/bulk/{bulk.pk}/confirm/", data)
    drain(["bulk.BulkRun"])
    return answer


@pytest.mark.parametrize(("model", "step"), FITTING, ids=[f"{m._meta.model_name}.{s.name}" for m, s in FITTING])
def test_a_form_that_is_asked_once_for_many_asks_plainly_and_of_no_one_thing(people, model, step):
    form = form_of(step)(obj=model(), user=people["admin"])

    assert form.fields
    assert all(isinstance(field, PLAIN) and not field.widget.is_hidden for field in form.fields.values())
    assert not any(isinstance(field, forms.ModelChoiceField) for field in form.fields.values())


def test_these_steps_are_taken_on_many_rows_and_the_others_say_nothing_of_it():
    named = {f"{m._meta.model_name}.{s.name}" for m, s in FITTING}

    assert named >= {"reviewrequest.ship", "reviewrequest.close", "reviewrequest.cancel", "account.flag_risk"}
    assert not named & {
        "approval.approve", "reviewrequest.hold_meeting", "reviewrequest.rework", "reviewrequest.reopen",
        "informationrequest.submit",
    }  # fmt: skip


def test_one_consignment_is_entered_for_all_that_travel_in_it(people, as_person):
    client, rows = as_person(people["admin"]), [make_request("printing") for _ in range(2)]
    bulk = chosen(client, rows, "ship")
    page = text(client.get(f"/bulk/{bulk.pk}/"))

    assert "Carrier" in page
    assert "Tracking number" in page
    assert go(client, bulk, carrier="Post").status_code == 400
    go(client, bulk, carrier="Post", tracking="T-77")
    assert {(r.status, r.carrier, r.tracking) for r in map(fresh, rows)} == {("shipped", "Post", "T-77")}
    assert {row.outcome for row in bulk.rows.all()} == {"done"}


def test_a_rule_over_several_answers_is_said_where_they_are_asked(people, as_person):
    client, rows = as_person(people["admin"]), [make_request("met") for _ in range(2)]
    bulk = chosen(client, rows, "close")

    assert "Enter what the customer said, or why there is no answer." in text(go(client, bulk))
    go(client, bulk, comment="Nobody answered for a month.")
    assert {r.status for r in map(fresh, rows)} == {"closed"}
    assert {r.log().last().comment for r in rows} == {"Nobody answered for a month."}


class Colour(models.TextChoices):
    RED = "red", "Red"
    BLUE = "blue", "Blue"


class PlainForm(StepForm):
    """Every kind of plain answer there is."""

    on = Day(label="Day")
    colour = forms.ChoiceField(label="Colour", choices=Colour.choices)
    share = forms.DecimalField(label="Share")
    sure = forms.BooleanField(label="Sure", required=False)
    word = forms.CharField(label="Word", required=False)


@pytest.mark.parametrize("sure", [True, False])
def test_what_is_kept_until_the_row_has_its_turn_is_what_was_answered(people, sure):
    """A day, a choice, a figure, a tick, nothing: as JSON, and back by the same form."""
    day = localdate().isoformat()
    typed = {"on": day, "colour": "blue", "share": "0.25"} | ({"sure": "on"} if sure else {})
    first = PlainForm(typed, obj=None, user=people["admin"])
    assert first.is_valid()
    again = PlainForm(plain(loggable(first.cleaned_data)), obj=None, user=people["admin"])

    assert again.is_valid()
    assert again.cleaned_data == first.cleaned_data
    assert again.cleaned_data["on"] == date.fromisoformat(day)
