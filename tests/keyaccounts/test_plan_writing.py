"""Several people write a plan at once, and nobody loses a word (feature 75; N4.1, N4.5)."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from acr_program.workflow.errors import Refused
from keyaccounts.models import PortfolioCell
from keyaccounts.models.plan_row import Part
from keyaccounts.plan import writing
from keyaccounts.plan.kinds import find
from tests.acting import fresh, make_user, office

from .making_plan import CELL, a_plan, add, keep_text

pytestmark = pytest.mark.django_db


def read(client, url):
    """What the form of this address carries along."""
    return client.get(url).context["form"].packed()


def row_url(plan, kind, row):
    return reverse("keyaccounts:plan-row", args=[plan.pk, kind, row.pk])


@pytest.fixture
def two(client, django_db_blocker):
    """A plan, and two people who have opened the words of the same part."""
    from django.test import Client

    plan = a_plan()
    part = Part.objects.get(plan=plan, key="value")
    first, second = Client(), Client()
    first.force_login(plan.account.manager)
    second.force_login(office("manager"))
    return plan, part, first, second


@pytest.mark.demand("features, 75")
def test_two_who_write_the_same_words_are_shown_both_and_keep_both(two):
    plan, part, first, second = two
    url = row_url(plan, "text", part)
    mine, theirs = read(second, url), read(first, url)

    assert first.post(url, {"text": "They buy for service.", "base": theirs}).status_code == 302
    answer = second.post(url, {"text": "They buy for price.", "base": mine})

    assert answer.status_code == 409
    assert "They buy for service." in answer.text
    assert "They buy for price." in answer.text
    form = answer.context["form"]
    again = {"text": "They buy for price.", "base": form["base"].value(), "keep_text": "both"}
    assert second.post(url, again).status_code == 302
    assert fresh(part).text == "They buy for service.\n\nThey buy for price."


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Price."), ("theirs", "Service.")])
def test_the_second_may_choose(two, choice, kept):
    plan, part, first, second = two
    url = row_url(plan, "text", part)
    seen = read(second, url)
    first.post(url, {"text": "Service.", "base": read(first, url)})
    form = second.post(url, {"text": "Price.", "base": seen}).context["form"]

    second.post(url, {"text": "Price.", "base": form["base"].value(), "keep_text": choice})

    assert fresh(part).text == kept


def test_who_is_third_is_shown_again(two):
    plan, part, first, second = two
    url = row_url(plan, "text", part)
    seen = read(second, url)
    first.post(url, {"text": "Service.", "base": read(first, url)})
    form = second.post(url, {"text": "Price.", "base": seen}).context["form"]
    first.post(url, {"text": "Service and speed.", "base": read(first, url)})

    answer = second.post(url, {"text": "Price.", "base": form["base"].value(), "keep_text": "both"})

    assert answer.status_code == 409
    assert "Service and speed." in answer.text
    assert fresh(part).text == "Service and speed."


def test_two_who_change_different_fields_of_a_row_both_keep_theirs():
    plan = a_plan()
    cell, kind = add(plan, "cells", **CELL), find("cells")
    base = {"revision": cell.revision, "values": writing.values_of(cell, kind.fields)}
    rep, other = plan.account.manager, office("manager")

    writing.keep_row(plan, kind, cell.pk, by=rep, mine={**CELL, "reason": "Our best people."}, read=base)
    writing.keep_row(plan, kind, cell.pk, by=other, mine={**CELL, "growth": "steady"}, read=base)

    cell = fresh(cell)
    assert (cell.reason, cell.growth, cell.revision) == ("Our best people.", "steady", 3)


def test_what_was_sent_without_what_was_read_overwrites_nothing(two):
    plan, part, first, second = two
    url = row_url(plan, "text", part)
    first.post(url, {"text": "Service.", "base": read(first, url)})

    for base in ("", "nonsense", "[]", json.dumps({"revision": 1})):
        assert second.post(url, {"text": "Price.", "base": base}).status_code == 409

    assert fresh(part).text == "Service."


def test_a_row_that_was_taken_off_meanwhile_can_be_kept_as_a_new_one():
    from django.test import Client

    plan = a_plan()
    cell = add(plan, "cells", **CELL)
    client, url = Client(), row_url(plan, "cells", cell)
    client.force_login(plan.account.manager)
    said = CELL | {"as_of": "2026-11-30", "reason": "Typed for an hour.", "base": read(client, url)}
    writing.drop_row(plan, find("cells"), cell.pk, by=plan.account.manager, revision=1)

    answer = client.post(url, said)

    assert answer.status_code == 409
    assert "Typed for an hour." in answer.text
    add_url = reverse("keyaccounts:plan-add", args=[plan.pk, "cells"])
    assert add_url in answer.text
    assert client.post(add_url, said).status_code == 302
    assert plan.portfoliocell_rows.get().reason == "Typed for an hour."


def test_a_contributor_who_was_taken_off_meanwhile_comes_back_in_the_same_part():
    from django.test import Client

    plan = a_plan()
    named = add(plan, "contributors", part="relation", side="outside", name="Ina Institute")
    client, url = Client(), row_url(plan, "contributors", named)
    client.force_login(plan.account.manager)
    said = {"name": "Ina Institute", "of": "Institute", "base": read(client, url)}
    writing.drop_row(plan, find("contributors"), named.pk, by=plan.account.manager, revision=1)

    answer = client.post(url, said)

    assert answer.status_code == 409
    assert f"{reverse('keyaccounts:plan-add', args=[plan.pk, 'contributors'])}?part=relation" in answer.text
    assert client.post(url, said | {"base": ""}).status_code == 404


def test_what_somebody_changed_meanwhile_is_not_taken_off():
    plan = a_plan()
    cell, kind, rep = add(plan, "cells", **CELL), find("cells"), plan.account.manager
    writing.keep_row(plan, kind, cell.pk, by=rep, mine={"reason": "Other."}, read={"revision": 1})

    with pytest.raises(Refused, match="has changed this meanwhile"):
        writing.drop_row(plan, kind, cell.pk, by=rep, revision=1)


def test_what_something_hangs_on_is_not_taken_off():
    plan = a_plan()
    opportunity = add(plan, "opportunities", what="Service")
    add(plan, "goals", what="One team", priority=1, opportunity=opportunity)

    with pytest.raises(Refused, match="Something still hangs on it: One team"):
        writing.drop_row(plan, find("opportunities"), opportunity.pk, by=plan.account.manager, revision=1)


@pytest.mark.demand("N4.1")
def test_each_change_touches_its_part_and_stands_in_the_log():
    plan = a_plan()
    version = plan.version
    cell = add(plan, "cells", **CELL)

    part = Part.objects.get(plan=plan, key="direction")
    assert (part.touched_by, part.touched_at is not None) == (plan.account.manager, True)
    assert Part.objects.filter(plan=plan, touched_at__isnull=False).count() == 1
    plan = fresh(plan)
    assert plan.version == version + 1
    entry = plan.log().get(version=plan.version)
    assert entry.detail.data["changed"]["cells"][1]["line"] == cell.line


def test_strangers_find_no_plan_and_readers_may_not_write():
    from django.test import Client

    plan = a_plan()
    url = reverse("keyaccounts:plan-add", args=[plan.pk, "cells"])
    for person, status in ((make_user("rep"), 404), (make_user("auditor"), 403)):
        client = Client()
        client.force_login(person)
        assert client.post(url, CELL).status_code == status
    assert not PortfolioCell.objects.exists()


def test_an_archived_plan_is_only_read():
    plan = a_plan("archived")

    with pytest.raises(Refused, match="only read"):
        keep_text(plan, "value", "Too late.")


@pytest.mark.demand("N4.5")
def test_contributors_of_both_kinds_are_named_by_part():
    from django.test import Client

    plan = a_plan()
    client = Client()
    client.force_login(plan.account.manager)
    url = reverse("keyaccounts:plan-add", args=[plan.pk, "contributors"]) + "?part=relation"

    assert client.post(url, {"person": plan.account.manager_id}).status_code == 302
    assert client.post(url, {"name": "Ina Institute", "of": "Institute"}).status_code == 302
    assert client.post(url, {}).status_code == 400

    rows = plan.contributor_rows.all()
    assert {(one.part, one.side) for one in rows} == {("relation", "inside"), ("relation", "outside")}
