"""What the customer reads of a plan by the link: what is declared public, field by field, and nothing else (N4.7, N7.6)."""

from __future__ import annotations

import re

import pytest
from django.db import models
from django.urls import reverse

from keyaccounts.choices_plan import PartKey, Subject
from keyaccounts.models import PlanSnapshot
from keyaccounts.plan.content import content_of, public_rows
from keyaccounts.plan.kinds import kinds
from tests.acting import fresh, take
from tests.factories import make_account

from .making_plan import a_plan, add, keep_text, links_to, say_three, token_of, with_mail

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"secret-[\w-]+\.")


def page(plan):
    return reverse("keyaccounts:plan-by-link", args=[token_of(plan)])


def linked(**said):
    account = make_account()
    contact = with_mail(account)
    plan = a_plan("draft", account)
    say_three(plan)
    for part in PartKey.values:
        keep_text(plan, part, f"inside-words-of-{part}")
    for kind, row in said.items():
        add(plan, kind, **row)
    return take(plan, "share", account.manager, contact=contact)


def test_no_word_of_any_part_is_on_the_customers_page(client):
    plan = linked(
        cells={"line": "inside-line", "sector": "inside-sector", "chosen": "inherited", "reason": "inside-reason"}
    )

    answer = client.get(page(plan))

    assert answer.status_code == 200
    assert "inside-" not in answer.text
    assert "A service contract for the new plant" in answer.text


def filled(kind):
    """A kept row of this kind in which each field says its own name."""
    return {"id": 1} | {name: f"secret-{kind.key}-{name}" for name in kind.fields}


@pytest.mark.parametrize("kind", [one for one in kinds() if one.part], ids=lambda one: one.key)
def test_field_by_field_only_what_is_declared_public_leaves_the_house(kind):
    content = {"parts": {kind.part: {"text": "secret-text", "rows": {kind.key: [filled(kind)]}}}}

    shown = str([rows for subject in ("", *Subject.values) for _kind, rows in public_rows(content, subject)])

    found = {name for name in kind.fields if f"secret-{kind.key}-{name}'" in shown}
    assert found == set(kind.public)
    assert "secret-text" not in shown


def whole():
    """A version in which every kind has a row, and each field of it, as each part's words, says its own name."""
    parts = {key: {"text": f"secret-{key}-words.", "rows": {}} for key in PartKey.values}
    for kind in kinds():
        rows = parts[kind.part or "direction"]["rows"]
        rows[kind.key] = [{"id": 1} | {name: f"secret-{kind.key}-{name}." for name in kind.fields}]
    return {"format": 1, "year": 2026, "account": "Kunde AG", "parts": parts}


@pytest.mark.demand("N4.7")
def test_the_customers_page_and_its_proposals_show_of_every_kind_what_is_public_and_no_other_field(client):
    plan = linked()
    PlanSnapshot.objects.create(
        plan=plan, number=2, format=1, content=whole(), digest="d" * 64, made_by=plan.account.manager
    )
    public = {f"secret-{kind.key}-{name}." for kind in kinds() for name in kind.public}

    shown = client.get(page(plan))
    wording = client.get(reverse("keyaccounts:plan-propose", args=[token_of(plan)]))

    assert (shown.status_code, wording.status_code) == (200, 200)
    assert set(SECRET.findall(shown.text)) == public
    assert set(SECRET.findall(wording.text)) <= public


def test_what_is_public_of_a_kind_is_among_its_fields_and_named_for_a_confirmation():
    for kind in kinds():
        assert set(kind.public) <= set(kind.fields)
        assert kind.subject in ("", *Subject.values)
        assert all(isinstance(kind.model._meta.get_field(name), models.Field) for name in kind.fields)


@pytest.mark.demand("N7.6")
def test_each_of_the_four_is_confirmed_for_itself_and_the_fourth_agrees(client):
    plan = linked()
    url = page(plan)

    assert client.post(url, {"who": "Kim Kunde"}).status_code == 400
    assert client.post(url, {"who": "Kim Kunde", "subjects": ["proposition", "priorities"]}).status_code == 302
    assert fresh(plan).status == "shared"
    assert client.post(url, {"who": "Lea Leiter", "subjects": ["opportunities", "activity"]}).status_code == 302

    assert fresh(plan).status == "agreed"
    said = {one.subject: one.who for one in plan.snapshots.get().confirmations.all()}
    assert said["priorities"] == "Kim Kunde"
    assert said["activity"] == "Lea Leiter"
    assert "Lea Leiter agreed to this" in client.get(url).text


def test_looking_changes_nothing_and_an_old_link_opens_nothing(client):
    plan = linked()
    url, version = page(plan), plan.version
    for _time in range(3):
        client.get(url)
    assert fresh(plan).version == version

    take(plan, "share_again", plan.account.manager, contact=plan.account.contacts.first())

    assert client.get(url).status_code == 410
    assert client.get(links_to(plan)[-1]).status_code == 200


def test_the_page_shows_what_was_shared_and_not_what_is_typed_since(client):
    plan = linked()
    add(plan, "opportunities", what="Not for them yet")

    assert "Not for them yet" not in client.get(page(plan)).text
    assert "Not for them yet" in str(content_of(plan))
