"""From inputs to HTML: order and numbers of sections, words escaped, nothing printed that is not on file."""

import re

import pytest
from liquid.exceptions import LiquidError

from acr_program.render.checking import InputError
from acr_program.render.document import compose, environment

from . import example

# Texts that are days, choices, names of the program's own or mark-up: what else is in them is refused or cleaned.
CHECKED = {
    *("kind", "key", "html", "start", "end", "as_of", "issued", "meeting", "ordered", "promised", "shipped", "due"),
    *("confirmed", "file_opens", "locale", "layout", "outcome", "side", "shown"),
}


def html(inputs):
    return compose(inputs)["screen"]


def test_sections_stand_in_the_order_given():
    inputs = example.full()
    inputs["sections"].reverse()

    found = re.findall(r'<section class="([^"]*)" id="([^"]*)"', html(inputs))

    assert [key for _, key in found] == [section["key"] for section in inputs["sections"]]
    assert [key for classes, key in found if "numbered" not in classes] == ["letter"]


@pytest.mark.demand("P28")
def test_every_text_is_escaped_wherever_it_stands():
    mark = "<script>alert(1)</script>{{ company.name }}"

    def marked(value):
        if isinstance(value, dict):
            return {
                key: one if key in CHECKED and not isinstance(one, (dict, list)) else marked(one)
                for key, one in value.items()
            }
        if isinstance(value, list):
            return [marked(one) for one in value]
        return value + mark if isinstance(value, str) and not re.fullmatch(r"-?[0-9.]+", value) else value

    page = html(marked(example.full()))

    assert "<script>" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ company.name }}") > 150


def test_figures_that_are_not_on_file_are_not_drawn():
    page = html(example.short())

    assert page.count("<svg") == 1  # the cover, with its baseline alone
    assert "No figures are on file for April 1997 to March 1998" in page
    assert "The cover shows" not in page


def test_half_a_year_is_shown_as_half_a_year():
    inputs = example.full()
    inputs["figures"] = {"quarters": [{"label": "Q1 1998", "net": "100.50"}, {"label": "Q2 1998"}]}

    page = html(inputs)

    assert "a line for each quarter" in page
    assert "Q1 1998 101, a year before not on file; Q2 1998 not on file, a year before not on file" in page
    assert page.count('<span class="missing">not on file</span>') > 5


def test_more_orders_than_a_picture_holds_stand_in_the_table_alone():
    inputs = example.full()
    inputs["figures"]["orders"] *= 2

    page = html(inputs)

    assert "Days between the promised date and the shipment" not in page
    assert page.count("34 orders") == 2


def test_brief_sections_share_a_page_and_long_ones_do_not():
    inputs = example.short()
    texts = {"one": "Short.", "two": "Short too.", "three": "Long. " * 300, "four": "Short again."}
    inputs["sections"] = [
        {"key": key, "title": key, "kind": "input", "html": f"<p>{text}</p>"} for key, text in texts.items()
    ]

    assert re.findall(r'<section class="section numbered( follows brief)?"', html(inputs)) == [
        "",
        " follows brief",
        "",
        "",
    ]


def test_sections_with_nothing_to_say_share_pages():
    inputs = example.full() | {"figures": None}
    for section in inputs["sections"]:
        if section["kind"] != "letter":
            section |= {name: type(section[name])() for name in NOTHING if name in section}

    found = re.findall(r'<section class="section (letter|numbered(?: follows brief)?)"', html(inputs))

    assert found == ["letter", "numbered", *["numbered follows brief"] * 8]


NOTHING = ("html", "items", "tables", "outcomes", "commitments", "people", "notes", "late")


def test_beside_a_few_orders_no_percentage_is_printed():
    inputs = example.full()
    inputs["figures"] |= {"numbers": [], "year": {"orders": 3, "shipped": 3, "on_time": 2, "on_time_share": "0.6667"}}

    page = html(inputs)

    assert '2<span class="of"> of 3</span>' in page
    assert "66.7" not in page


def test_a_note_in_the_margin_is_cut_at_a_word():
    inputs = example.full() | {"editions": ["internal"]}
    inputs["sections"][0]["origin"] = {"source": "Letter", "deviation": "as agreed " * 100}

    (said,) = re.findall(r"Deviates from the standard: ([^<]*)<", compose(inputs)["internal"])

    assert said == "as agreed " * 39 + "as …"


def test_a_stale_text_carries_its_date():
    assert '<span class="asof">As confirmed on <time datetime="1997-11-14">14 November 1997</time>.</span></p>' in html(
        example.full()
    )


def test_a_customer_of_the_other_side_reads_his_own_dates():
    inputs = example.full() | {"locale": "en-US"}

    assert ">May 27, 1998</time>" in html(inputs)


def test_a_text_nested_too_deeply_is_refused_in_words():
    inputs = example.full()
    inputs["sections"][0]["html"] = "<blockquote>" * 30

    with pytest.raises(InputError, match="has elements nested more than 20 deep"):
        compose(inputs)


REFUSED = [
    "{% include 'document.liquid.html' %}",
    "{% capture x %}{% endcapture %}",
    "{% tablerow x in (1..9) %}{% endtablerow %}",
    "{% increment x %}",
    "{% liquid echo x %}",
    "{{ 'x' | append: 'y' }}",
    "{{ '<b>' | safe }}",
    "{{ company.nmae }}",
    "{{ company.__class__ }}",
    "{{ nothing }}",
    "{% for a in (1..1000000000) %}{% endfor %}",
    "{% render '../../static/css/pdf/document.css' %}",
    "{% render 'document.liquid.html' %}",
]


@pytest.mark.demand("P24", "P25")
@pytest.mark.parametrize("text", REFUSED)
def test_the_engine_knows_our_words_alone(text):
    engine = environment("en-GB", "USD")

    with pytest.raises((LiquidError, RecursionError)):
        engine.from_string(text).render(company={"name": "Northwind"})
