"""Forms say what is wrong beside the field, keep what was typed, and carry the version that was read."""

import re
from types import SimpleNamespace

from django.test import RequestFactory
from django_cotton.utils import render_component

from acr_program.ui.sample import LONG, Sample


def draw(form: Sample, **context: object) -> str:
    return render_component(RequestFactory().get("/"), "form", form=form, submit="Keep", **context)


def test_what_was_typed_stays_and_what_is_wrong_is_said_beside_it() -> None:
    html = draw(
        Sample(
            {"account": LONG, "meeting_on": "31 November", "achieve": "one two three four five six seven eight nine"}
        )
    )

    assert 'value="Toms Spezialitäten und Feinkost Handelsgesellschaft mbH &amp; Co."' in html
    assert "3 answers need another look:" in html
    assert '<input type="date" name="meeting_on" value="31 November" class="input"' in html
    assert 'aria-describedby="id_meeting_on-error" aria-invalid="true"' in html
    assert "This is no date. Write it as year-month-day, like 2026-12-10." in html
    assert "This is 1 word too long. At most 8 are printed." in html
    assert '<a href="#id_audience_0">Audience</a>' in html
    assert "This is still missing." in html


def test_every_control_has_its_label_and_no_browser_bubble() -> None:
    html = draw(Sample())

    labelled = set(re.findall(r'<label for="([^"]+)"', html))
    controls = set(re.findall(r'<(?:input|select|textarea)\b(?![^>]*hidden)[^>]*\bid="([^"]+)"', html))
    assert controls <= labelled
    assert " required" not in html


def test_a_form_over_a_machine_carries_version_and_click() -> None:
    machine = SimpleNamespace(version=14)

    first, second = draw(Sample(), of=machine), draw(Sample(), of=machine)

    assert '<input type="hidden" name="seen" value="14">' in first
    keys = [re.search(r'name="key" value="([^"]+)"', html)[1] for html in (first, second)]
    assert keys[0] != keys[1]


def test_a_form_that_comes_back_keeps_the_version_it_was_read_at() -> None:
    html = draw(Sample({"seen": "13"}), of=SimpleNamespace(version=14))

    assert '<input type="hidden" name="seen" value="13">' in html


def test_a_word_limit_stands_in_the_page() -> None:
    html = draw(Sample())

    assert 'data-words="8"' in html
    assert "At most 8 words." in html


def test_headed_parts_come_in_order_and_the_rest_follows() -> None:
    parts = [(title, [field.name for field in fields]) for title, fields in Sample().parts()]

    assert parts == [
        ("Who it is for", ["account", "audience"]),
        ("The meeting", ["meeting_on", "email", "achieve", "follow"]),
        ("", ["theater", "sections"]),
    ]
