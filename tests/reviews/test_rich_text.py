"""Standard texts as rich text beside texts as contributors type them: both read, filled, compared and typed anew (R-04)."""

import pytest
from django.urls import reverse

from acr_program.render.checking import InputError
from reviews.actions import template_editing as act
from reviews.actions.deviating import propose
from reviews.compiler import inputs_of
from reviews.kept_text import kept_text
from reviews.models import Revision, Section
from reviews.pages.composed import composed
from reviews.pages.standard import from_standard
from reviews.prose import as_typed, fault_in, marked_up
from tests.factories import fresh, make_account, make_request, make_template

pytestmark = pytest.mark.demand("R-04")

RICH = "<p>Dear <strong>{{ customer.name }}</strong>.</p>\n<ul>\n<li><p>One</p>\n</li>\n<li><p>Two</p>\n</li>\n</ul>"


def written(template):
    """The letter, in rich text, as the library has it."""
    Section.objects.filter(template=template, key="letter").update(body=RICH)
    Revision.objects.filter(item__key="letter").update(text=RICH)


def test_lines_typed_without_the_editor_become_what_the_editor_makes():
    assert kept_text("# Cold\nFirst & last.\n\n- one\n- two") == (
        "<h3>Cold</h3>\n<p>First &amp; last.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    )


def test_what_is_kept_is_kept_again_as_it_is():
    assert kept_text(RICH) == RICH
    assert marked_up(RICH) == RICH


def test_an_empty_editor_is_an_empty_text():
    assert (kept_text(""), kept_text("<p></p>").replace("<p></p>", "")) == ("", "")


def test_tokens_are_filled_and_escaped_where_the_text_is_mark_up():
    filled = marked_up(RICH, {"customer": {"name": "Fish & <i>Chips</i>"}})

    assert "<strong>Fish &amp; &lt;i&gt;Chips&lt;/i&gt;</strong>" in filled


def test_a_plain_text_stays_what_it_was():
    assert marked_up("Thank <you>.\n\n- one", {}) == "<p>Thank &lt;you&gt;.</p><ul><li>one</li></ul>"


@pytest.mark.parametrize("text", ["<p>x</p><script>1</script>", "<p>x</p><p onclick=1>y</p>", "<p>{{ nobody }}</p>"])
def test_rich_text_that_came_past_the_editor_is_refused_where_sections_are_cleaned(text):
    assert fault_in(text).startswith("Line 1: ")
    assert not Section(title="A word", body=text).sound


def test_mark_up_too_deep_is_said_as_an_input():
    with pytest.raises(InputError, match="nested"):
        marked_up("<p>x</p>" + "<blockquote>" * 30)


def test_rich_text_as_somebody_types_it_who_has_no_editor():
    assert as_typed(RICH + "\n<h3>Next</h3>\n<p>a &lt; b<br>c</p>") == (
        "Dear {{ customer.name }}.\n\n- One\n- Two\n\n# Next\n\na < b\nc"
    )
    assert as_typed("As it was.\n\n- one") == "As it was.\n\n- one"


@pytest.fixture
def review(people):
    template = make_template(contributors=(people["contributor"], people["second contributor"]))
    written(template)
    account = make_account(name="Fish & Chips", manager=people["rep"])
    return make_request("compiling", account=account)


@pytest.mark.django_db
def test_a_document_says_it_as_it_was_written(review):
    inputs = inputs_of(review.latest_document())

    letter = inputs["sections"][0]
    assert letter["html"].startswith("<p>Dear <strong>Fish &amp; Chips</strong>.</p>")


@pytest.mark.django_db
def test_a_document_that_only_fills_its_tokens_is_the_standard(review):
    found, same = from_standard(composed(inputs_of(review.latest_document())), review.template.sections.all())

    assert (found, [section.key for section in same]) == ([], ["letter"])


@pytest.mark.django_db
def test_a_deviation_begins_from_the_words_without_mark_up(people, client):
    template = make_template(contributors=(people["contributor"], people["second contributor"]))
    written(template)
    review = make_request("gathering", account=make_account(manager=people["rep"]))
    client.force_login(people["rep"])

    page = client.get(reverse("reviews:deviate", args=[review.pk, "letter"]))
    assert page.context["form"]["text"].value() == "Dear {{ customer.name }}.\n\n- One\n- Two"
    letter = review.template.sections.get(key="letter")
    made = propose(review, letter, by=people["rep"], text="Dear {{ customer.name }}.\n\n- One", reason="Two is gone.")
    assert "Two" in client.get(made.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_the_pages_show_tokens_as_names_and_mark_up_as_it_reads(people, client):
    template = make_template()
    written(template)
    client.force_login(people["auditor"])

    page = client.get(template.get_absolute_url()).content.decode()

    assert "<strong><code>customer.name</code></strong>" in page


@pytest.mark.django_db
def test_the_editor_opens_a_plain_text_as_mark_up(people, client):
    draft = act.begin_draft(make_template(), by=people["manager"])[0]
    client.force_login(people["manager"])

    page = client.get(reverse("reviews:section-edit", args=[draft.pk, "letter"]))

    assert page.context["form"]["body"].value() == "<p>Thank you.</p>"
    assert fresh(draft).version == 1
