"""How one section of a draft reads while it is written: with names or figures in place of tokens, beside what is published."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import Performance
from accounts.quarters import quarter_of
from reviews.actions import template_editing as act
from tests.factories import fresh, make_account, make_program, make_template, make_year

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-04"), pytest.mark.demand("features, 35")]


@pytest.fixture
def draft(people):
    make_program()
    make_year()
    return act.begin_draft(make_template(), by=people["manager"])[0]


@pytest.fixture
def manager(client, people):
    client.force_login(people["manager"])
    return client


def words(**fields):
    """A section as it stands in the form."""
    return {"title": "Cold chain", "kind": "standard", "body": "<p>Never above 4 °C.</p>", "required": "on"} | fields


def test_how_a_section_reads_is_shown_while_it_is_written(draft, manager):
    make_account(name="Blue Heron Markets", theater="AMER")
    url = reverse("reviews:section-preview", args=[draft.pk])
    typed = words(section="letter", body="<p>Dear {{ customer.name }}.</p>", theater=["AMER"], kind="letter")

    named = manager.post(url, typed).content.decode()
    filled = manager.post(url, typed | {"on": "blue her"}).content.decode()
    wrong = manager.post(url, typed | {"body": "<p>One</p>\n<p>{{ customer.nam }}</p>"}).content.decode()

    assert '<span class="token">customer.name</span>' in named
    assert "As it is published" in named
    assert "Thank you." in named
    assert "That is 1 active account now." in named
    assert "Dear Blue Heron Markets." in filled
    assert "Line 2: there is no token “customer.nam”; did you mean “customer.name”?" in wrong
    assert fresh(draft).version == 1


def test_a_chart_is_drawn_from_the_accounts_figures_while_it_is_chosen(draft, manager):
    account = make_account(name="Blue Heron Markets")
    for n, net in enumerate((900, 1200, 1500, 800)):
        day = quarter_of(localdate() - timedelta(days=92 * (n + 1)))
        Performance.objects.create(
            account=account,
            quarter_begins_on=day,
            net=net,
            orders=9,
            shipped=9,
            promised=9,
            on_time=8,
            source="x",
            as_of=day,
        )
    typed = words(kind="figures", shows="quarters", body="")
    url = reverse("reviews:section-preview", args=[draft.pk])

    drawn = manager.post(url, typed | {"on": "blue"}).content.decode()

    assert "<title>Net value by quarter, this year and the year before." in drawn
    assert "style=" not in drawn
    assert "Here stands: Chart: net value by quarter" in manager.post(url, typed).content.decode()


def test_a_name_with_signs_in_it_becomes_no_mark_up(draft, manager):
    make_account(name="Fish & <b>Chips</b>")
    typed = words(body="<p>{{ customer.name }}</p>", on="fish")

    page = manager.post(reverse("reviews:section-preview", args=[draft.pk]), typed).content.decode()

    assert "Fish &amp; &lt;b&gt;Chips&lt;/b&gt;" in page


def test_tokens_are_found_by_their_words(draft, manager):
    url = reverse("reviews:template-tokens", args=[draft.pk])

    found = manager.get(url, {"q": "satisfaction"}, headers={"hx-request": "true"}).content.decode()

    assert "{{ figures.satisfaction }}" in found
    assert "customer.name" not in found
    assert "Tokens" in manager.get(url).content.decode()
