"""Two people write the same part of a plan in the same moment: whoever is second is shown both, and no word is lost (75)."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from acr_program.workflow.seals import verify
from keyaccounts.models.plan_row import Part
from tests.acting import fresh, office

from .making_plan import CELL, a_plan

ROUNDS = 4


def at_once(*acts):
    """Each in a thread of its own, begun together; what they came to, in their order."""
    begin, came = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            begin.wait()
            came[place] = act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return came


@pytest.fixture
def plan(transactional_db):
    plan = a_plan()
    yield plan
    assert list(verify()) == []


@pytest.fixture
def two(plan):
    clients = Client(), Client()
    for client, person in zip(clients, (plan.account.manager, office("manager")), strict=True):
        client.force_login(person)
    return clients


@pytest.mark.demand("features, 75")
def test_of_two_who_send_the_same_part_in_one_moment_one_is_kept_and_the_other_shown_both(plan, two):
    part = Part.objects.get(plan=plan, key="value")
    url = reverse("keyaccounts:plan-row", args=[plan.pk, "text", part.pk])
    every = []
    for n in range(ROUNDS):
        said = [f"Service, they say, {n}.", f"Price, they say, {n}."]
        forms = [client.get(url).context["form"] for client in two]
        mine = [
            {"text": f"{form['text'].value()}\n{words}".strip(), "base": form.packed()}
            for form, words in zip(forms, said, strict=True)
        ]

        answers = at_once(*(lambda c=client, m=one: c.post(url, m) for client, one in zip(two, mine, strict=True)))

        assert Counter(answer.status_code for answer in answers) == {302: 1, 409: 1}
        second = next(place for place, answer in enumerate(answers) if answer.status_code == 409)
        assert all(words in answers[second].text for words in said)
        again = {
            "text": mine[second]["text"],
            "base": answers[second].context["form"]["base"].value(),
            "keep_text": "both",
        }
        assert two[second].post(url, again).status_code == 302
        every += said
        assert [words for words in every if words not in fresh(part).text] == []


@pytest.mark.demand("features, 75")
def test_of_two_who_add_to_the_same_part_in_one_moment_both_rows_stand(plan, two):
    url = reverse("keyaccounts:plan-add", args=[plan.pk, "cells"])
    for n in range(ROUNDS):
        said = [CELL | {"line": line, "sector": f"Sector {n}", "as_of": "2026-11-30"} for line in ("Valves", "Pumps")]
        answers = at_once(*(lambda c=client, m=one: c.post(url, m) for client, one in zip(two, said, strict=True)))
        assert [answer.status_code for answer in answers] == [302, 302]

    rows = {(one.line, one.sector) for one in plan.portfoliocell_rows.all()}
    assert rows == {(line, f"Sector {n}") for line in ("Valves", "Pumps") for n in range(ROUNDS)}
    assert fresh(plan).version == plan.version + 2 * ROUNDS


def test_the_same_cell_added_twice_in_one_moment_stands_once_and_the_second_is_told(plan, two):
    url = reverse("keyaccounts:plan-add", args=[plan.pk, "cells"])
    said = CELL | {"as_of": "2026-11-30"}

    answers = at_once(*(lambda c=client: c.post(url, said) for client in two))

    found = sorted(answer.status_code for answer in answers)
    assert found in ([302, 400], [302, 409])
    assert plan.portfoliocell_rows.count() == 1
