"""What people type, as the document takes it: tokens and nothing else between braces, marks at the line, the rest escaped."""

from time import process_time

import pytest
from django.core.exceptions import ValidationError

from acr_program.render.checking import InputError
from acr_program.workflow.offers import offers
from reviews.actions.standard import load_template
from reviews.models import Section, TemplateVersion
from reviews.prose import fault_in, filled, paragraphs
from tests.factories import fresh, make_template, office

TOKENS = {"customer": {"name": "Alfki & Co", "contact": "Maria"}, "year": {"label": "1998"}}


def test_tokens_are_put_in_once():
    text = "Dear {{ customer.contact }} of {{customer.name}}, {{ year.label }}"

    assert filled(text, TOKENS | {"customer": {"name": "{{ year.label }}", "contact": "Maria"}}) == (
        "Dear Maria of {{ year.label }}, 1998"
    )


@pytest.mark.demand("P24")
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("One.\n\n{{ customer.password }}", "Line 3: there is no token “customer.password”"),
        ("{% include 'secret' %}", "Line 1: a text has no instructions"),
        ("{{ customer.name | upcase }}", "Line 1: there is no token “customer.name | upcase”"),
        ("{0.__class__}", "Line 1: “{” belongs to no token. "),
        ("x" * 20_001, "The text has 20001 characters; 20000 are the most."),
    ],
)
def test_anything_else_is_refused_with_its_line(typed, says):
    assert fault_in(typed).startswith(says)
    with pytest.raises(InputError):
        filled(typed, TOKENS)


def test_only_plain_texts_are_put_in():
    with pytest.raises(InputError):
        filled("{{ customer.name }}", TOKENS | {"customer": {"name": object()}})


@pytest.mark.demand("P25")
def test_a_text_that_hangs_a_template_engine_is_answered_at_once():
    begun = process_time()

    assert fault_in("{{" * 10_000)
    assert process_time() - begun < 0.5


def test_any_number_of_headings_is_flat():
    assert paragraphs("# a\n# b\nc\nd") == "<h3>a</h3><h3>b</h3><p>c<br>d</p>"
    assert paragraphs("# a\n- b\n- c") == "<h3>a</h3><ul><li>b</li><li>c</li></ul>"
    assert paragraphs("\n".join(["# a"] * 15_000)) == "<h3>a</h3>" * 15_000


@pytest.mark.demand("P24")
def test_a_template_that_cannot_be_filled_is_not_loaded(people, tmp_path):
    path = tmp_path / "template.json"
    path.write_text(
        '{"audience": "executive", "sections": [{"key": "letter", "title": "A word", "kind": "letter",'
        ' "body": "Thank you.\\n{{ rep.password }}"}]}'
    )

    with pytest.raises(ValidationError) as refused:
        load_template(path, by=office("manager"))

    says = "A word, body. Line 2: there is no token “rep.password”; choose one from the list."
    assert refused.value.messages == [says]
    assert not TemplateVersion.objects.exists()


@pytest.mark.demand("P24")
def test_a_text_that_came_in_otherwise_is_not_published(people):

    template = make_template(status="draft")
    Section.objects.filter(template=template, key="letter").update(body="{% load secrets %}")

    publish = offers(fresh(template), people["manager"])[0]

    assert publish.unmet == [
        "A standard text holds what no document can be made of: braces with something else in them than a known name."
    ]
