"""What bad input into a section gets: a sentence, and nothing is lost; what the customer is never to read stays here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from accounts.models import Performance
from acr_program.desk.models import Draft
from acr_program.render import client
from acr_program.render.document import compose
from acr_program.ui.phrases import day
from reviews.forms.steps import LONGEST
from tests.factories import fresh, office, take
from tests.render.reading import words
from tests.reviews.work import a_section, page_of, signed_in

pytestmark = pytest.mark.django_db
PASTED = (
    "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><p class=MsoNormal style='mso-fareast-language:EN-US'>We kept "
    'our word.<script>fetch("https://evil.example/x")</script><img src="https://evil.example/p.png" onerror="alert(1)">'
    "<link rel=stylesheet href='file:///etc/passwd'></p>"
)
NOTE = "Their buyer Mr Sommer is leaving; do not mention prices."


def given(section, text, note=""):
    return {"text": text, "note": note, "seen": str(section.version), "key": "k1"}


def handed_in(section, text, note=""):
    return signed_in(section.contributor).post(f"{section.get_absolute_url()}steps/submit/", given(section, text, note))


def document_of(section):
    take(section, "accept", office("admin"))
    return fresh(section.request).latest_document().render_inputs()


def test_a_paste_from_a_word_processor_is_shown_as_what_it_is_and_runs_nowhere():
    section = a_section()

    answered = handed_in(section, PASTED)

    assert answered.status_code == 302
    assert fresh(section).text == PASTED
    page = page_of(office("admin"), fresh(section))
    assert "<script>fetch" not in page
    assert '<img src="https://evil.example' not in page
    html = compose(document_of(section))["screen"]
    assert "<script" not in html
    assert "<img" not in html
    assert "<link" not in html
    assert "We kept our word." in html


def test_five_million_letters_are_answered_in_a_sentence_and_stand_in_the_editor():
    section = a_section()
    text = "words " * 833_334

    answered = handed_in(section, text)

    page = answered.content.decode()
    assert answered.status_code == 400
    assert "Ensure this value has at most 60000 characters (it has 5000003)." in page
    assert text.strip() in page
    assert fresh(section).text == ""


def test_a_draft_longer_than_a_section_says_what_is_kept_of_it():
    section = a_section()
    url = f"{section.get_absolute_url()}draft/"

    said = signed_in(section.contributor).post(url, given(section, "x" * (LONGEST + 1)), headers={"HX-Request": "true"})

    assert "only the first are kept" in said.content.decode()
    assert len(Draft.objects.get().data["text"]) == LONGEST


def test_an_answer_after_its_day_is_taken_while_the_content_is_open(later):
    section = a_section()
    later(days=120)

    handed_in(section, "Late, but here.")

    assert fresh(section).status == "submitted"


def test_an_answer_after_the_content_is_closed_is_refused_and_stands_there_to_be_copied():
    section = a_section(required=False)
    take(section.request, "start_compiling", office("admin"))

    answered = handed_in(section, "Too late, at length.")

    assert answered.status_code == 409
    assert "Too late, at length." in answered.content.decode()


# What stays in the office


@pytest.mark.demand("features, 43")
@pytest.mark.slow
def test_the_note_for_the_office_reaches_no_edition_of_the_document():
    section = a_section()
    handed_in(section, "We kept our word.", NOTE)
    inputs = document_of(section) | {"editions": ["screen", "print", "internal"]}

    pages = compose(inputs)
    made = client.render(pages)

    assert NOTE in fresh(section).note
    assert "Sommer" not in str(inputs)
    assert {edition for edition, html in pages.items() if "Sommer" in html} == set()
    for edition in ("screen", "print"):
        text = words(made.files[edition])
        assert "Sommer" not in text
        assert "kept our word" in text


@pytest.mark.demand("features, 43")
def test_the_note_is_read_by_the_office_beside_the_text_and_by_nobody_in_it():
    section = a_section()
    handed_in(section, "We kept our word.", NOTE)

    page = page_of(office("admin"), fresh(section))

    text, _heading, beside = page.partition("Note for the office")
    assert "Sommer" in beside
    assert "Sommer" not in text


# Figures


def test_the_customers_figures_stand_beside_the_editor_with_their_source():
    """As they are on file, of the last complete quarters; nobody types them."""
    section = a_section()
    quarter = Performance(
        account=section.request.account, quarter_begins_on=date(localdate().year - 1, 1, 1), net=Decimal("1234.56"), orders=7,
        shipped=7, on_time=0, source="Orders of Northwind", as_of=localdate(),
    )  # fmt: skip
    quarter.save()

    page = page_of(section.contributor, section)

    assert f"Source: Orders of Northwind, as of {day(localdate())}." in page
    assert "1,235" in page
    assert "<b>7</b>" in page


def test_without_figures_it_is_said():
    assert "No figures of this customer are on file." in page_of(office("admin"), a_section())
