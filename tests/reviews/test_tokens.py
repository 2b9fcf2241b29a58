"""Tokens: figures are named in prose and never typed; what nobody knows is refused with its line."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from django.utils.html import escape

from accounts.actions import recompute
from accounts.models import OrderLine
from acr_program.workflow.errors import StepBlocked
from reviews.compiler import inputs_of
from reviews.content.content import Content
from reviews.content.tokens import hints_for, readings_of, tokens_for
from reviews.forms.steps import AnswerForm
from reviews.prose import filled, objections
from reviews.tokens import NAMES, spoken, tokens, told
from tests.factories import fresh, make_request, office, take

from .work import RECORD, queries_of, signed_in

SECONDS = 2  # beside other work; a pattern that looks back takes minutes

pytestmark = [pytest.mark.django_db, pytest.mark.demand("features, 35")]


@pytest.fixture
def section(people, time_machine):
    """A section that waits for its contributor; the account ordered three times in the year, once late."""
    time_machine.move_to("2026-08-10 09:00 +0000")
    section = make_request("gathering", sections=1).contributions.for_page().get()
    account = section.request.account
    OrderLine.objects.bulk_create(
        OrderLine(
            account=account, number=f"a-{month}", line=1, product="Brie", category="Dairy", quantity=7, unit_price="411.37",
            discount="0.15", ordered_on=date(2025, month, 3), required_on=date(2025, month, 17),
            shipped_on=date(2025, month, 10) + timedelta(days=20 * (month == 12)),
        )
        for month in (8, 10, 12)
    )  # fmt: skip
    recompute([account.pk], by=office("admin"), source="Order system", as_of=date(2026, 8, 1))
    return section


def asked(section, text):
    return AnswerForm({"text": text, "seen": section.version, "key": "k"}, obj=section, user=section.contributor)


def test_every_token_that_may_be_named_has_a_sentence_and_a_reading(section):
    assert {name for name, _sentence in tokens()} == NAMES
    assert readings_of(Content(section.request)).keys() == NAMES


def test_where_nobody_fills_a_text_no_token_is_shown_as_it_is_typed():
    assert spoken("A letter to {{ customer.contact }}") == "A letter to …"
    assert told("Worth {{figures.net}}, and {{ figures.nobody }}.") == (
        "Worth (net value of the year), and {{ figures.nobody }}."
    )


def test_a_token_is_printed_as_the_document_prints_figures(section):
    text = (
        "{{ figures.orders }} orders, {{ figures.net }}; {{figures.on_time_share}} on time, {{ figures.satisfaction }}."
    )
    take(section, "submit", section.contributor, text=text)
    take(fresh(section), "accept", office("admin"))

    inputs = inputs_of(fresh(section.request).latest_document())

    html = next(part["html"] for part in inputs["sections"] if part["kind"] == "input")
    assert html == "<p>3 orders, USD\u00a07,342.95; 66.7\u202f% on time, not on file.</p>"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "Fine.\n\nWorth {{ figures.nett }}.",
            ["Line 3: there is no token “figures.nett”; did you mean “figures.net”?"],
        ),
        ("{{ zzz }}", ["Line 1: there is no token “zzz”; choose one from the list."]),
        ("{{ figures }}", ["Line 1: there is no token “figures”; did you mean “figures.net”?"]),
        ("{{ figures.net | upcase }}", None),
        ("{{ figures.net", ["Line 1: a token begins with {{ and has to end with }} in the same line."]),
        ("{% for a in b %}", ["Line 1: a text has no instructions: write the two signs {% apart, or leave them out."]),
        ("{{ figures.net }} and {{ year.label }}", []),
        ("Braces { alone } are words.", []),
    ],
)
def test_what_nobody_knows_is_refused_with_its_line_and_a_reason(section, text, says):
    form = asked(section, text)

    assert form.is_valid() == (says == [])
    if says is not None:
        assert form.errors.get("text", []) == says


def test_a_text_that_came_past_the_form_is_not_accepted(section):
    take(section, "submit", section.contributor, text="Worth {{ figures.nett }}.")

    with pytest.raises(StepBlocked, match="names a token that is not on the list"):
        take(fresh(section), "accept", office("admin"))


@pytest.mark.parametrize(
    "text", ["{{" * 30_000, "{{ a }}" * 8_000, "{" * 60_000, "1,234" * 12_000, "{{ " + "a" * 59_000]
)
def test_hostile_texts_are_looked_through_at_once(section, text):
    began = perf_counter()
    assert len(objections(text)) <= 10
    hints_for(section.request, text)

    assert perf_counter() - began < SECONDS


def test_what_a_token_stands_for_is_never_read_as_a_token(section):
    assert filled("{{ customer.name }}", {"customer": {"name": "{{ figures.net }} & Co"}}) == "{{ figures.net }} & Co"


def test_a_typed_figure_is_pointed_out_with_its_token_and_forbids_nothing(section):
    text = "Worth USD 7,342.95 in all.\nAbout 7,343; on time were 67 %, or 66.7% in 2025, of 3 orders."

    hints = hints_for(section.request, text)

    assert [(hint.line, hint.typed, hint.token) for hint in hints] == [
        (1, "7,342.95", "{{ figures.net }}"),
        (2, "67 %", "{{ figures.on_time_share }}"),
    ]
    assert str(hints[0]) == "Line 1: “7,342.95” is a figure on file. Write {{ figures.net }}, and it stays right."
    assert asked(section, text).is_valid()


def test_the_list_is_searched_by_name_and_by_sentence(section):
    found = tokens_for(section.request, "promised before")

    assert [(row.name, row.value) for row in found] == [
        ("figures.on_time", "2"), ("figures.on_time_share", "66.7\u202f%"), ("figures.on_time_share_before", "not on file"),
    ]  # fmt: skip


def test_the_list_is_a_page_of_few_queries(section):
    url = f"/reviews/sections/{section.pk}/tokens/"
    client = signed_in(section.contributor)

    assert queries_of(client, url) <= 15
    rows = client.get(url, {"q": "different products"}, headers={"HX-Request": "true"}).content.decode()
    assert rows.count("<code>") == 1
    assert "{{ figures.products }}" in rows


def test_the_section_leads_its_writer_to_the_list(section):
    page = signed_in(section.contributor).get(section.get_absolute_url()).content.decode()

    assert f'href="/reviews/sections/{section.pk}/tokens/"' in page


def test_a_typed_figure_is_pointed_out_beside_the_editor_while_it_is_typed_and_when_one_comes_back(section):
    said = "Line 1: “7,342.95” is a figure on file. Write {{ figures.net }}, and it stays right."
    client, url = signed_in(section.contributor), section.get_absolute_url()

    kept = client.post(f"{url}draft/", {"text": "Worth 7,342.95."}, headers={"HX-Request": "true"}).content.decode()
    page = client.get(url).content.decode()
    come_back = client.get(f"{url}hints/").content.decode()
    theirs = signed_in(office("admin")).get(f"{url}hints/").content.decode()
    cost = queries_of(client, f"{url}hints/")
    client.post(f"{url}draft/", {"text": "Worth {{ figures.net }}."})

    assert (escape(said) in kept, escape(said) in come_back, escape(said) in theirs) == (True, True, False)
    assert f'hx-get="{url}hints/"' in page
    assert escape(said) not in client.get(f"{url}hints/").content.decode()
    assert cost <= RECORD
