"""What is typed behind a mailed link survives (P20 stays as it is: nothing is handed in without the code)."""

from __future__ import annotations

import pytest
from django.test import Client

from acr_program.desk.models import Draft
from tests.factories import fresh, make_request, make_template, make_user, office, take
from tests.reviews.test_by_link import asked_to_write, mail_to, opened

pytestmark = [pytest.mark.django_db, pytest.mark.demand("features, 3")]
HTMX = {"headers": {"HX-Request": "true"}}


def a_link():
    writer, section = asked_to_write()
    private = mail_to(writer).private
    return writer, section, private["url"], private["code"]


def test_what_is_typed_is_kept_as_it_is_typed_and_there_again_in_another_browser():
    _writer, section, url, _code = a_link()
    given = opened(url)[1]

    said = Client().post(f"{url}draft/", given | {"text": "Half a sentence", "note": "For Ada."}, **HTMX)

    again = Client().get(url).content.decode()
    assert "Draft kept" in said.content.decode()
    assert "Half a sentence" in again
    assert "For Ada." in again
    assert "Your draft is here as you left it" in again
    assert (fresh(section).status, fresh(section).text) == ("requested", "")


def test_without_a_script_the_button_keeps_it_too():
    _writer, _section, url, _code = a_link()
    given = opened(url)[1]

    answered = Client().post(f"{url}draft/", given | {"text": "Half a sentence"}, follow=True)

    assert answered.status_code == 200
    assert "Half a sentence" in answered.content.decode()
    assert "Your draft is kept." in answered.content.decode()


def test_handed_in_the_draft_is_gone():
    writer, section, url, code = a_link()
    given = opened(url)[1]
    Client().post(f"{url}draft/", given | {"text": "Half a sentence"})

    Client().post(f"{url}submit/", given | {"text": "A whole one.", "code": code})

    assert fresh(section).text == "A whole one."
    assert not Draft.objects.filter(person=writer).exists()


@pytest.mark.parametrize("how", [{}, HTMX], ids=["page", "htmx"])
def test_a_link_that_is_shut_keeps_nothing_and_says_so(how):
    writer, _section, url, _code = a_link()
    make_user().__class__.objects.filter(pk=writer.pk).update(by_link=False)

    answered = Client().post(f"{url}draft/", {"text": "Typed at length."}, **how)

    assert "This link was withdrawn" in answered.content.decode()
    assert not Draft.objects.exists()


def test_what_was_typed_into_a_link_that_shut_meanwhile_stands_there_to_be_copied():
    _writer, section, url, code = a_link()
    given = opened(url)[1]
    take(section, "waive", office("admin"), comment="Not needed.")

    answered = Client().post(f"{url}submit/", given | {"text": "Typed at length.", "code": code})

    assert answered.status_code == 410
    assert "Typed at length." in answered.content.decode()
    assert "to be copied" in answered.content.decode()


def test_what_was_typed_in_a_second_window_after_the_first_was_sent_is_not_lost():
    _writer, section, url, code = a_link()
    given = opened(url)[1]
    Client().post(f"{url}submit/", given | {"text": "From the first window.", "code": code})

    second = Client().post(f"{url}submit/", given | {"text": "From the second window.", "code": code})
    same = Client().post(f"{url}submit/", given | {"text": "From the first window.", "code": code})

    assert second.status_code == 409
    assert "From the second window." in second.content.decode()
    assert same.status_code == 302
    assert fresh(section).text == "From the first window."


def test_an_answer_after_the_content_is_closed_is_refused_with_its_words():
    writer = make_user("contributor", by_link=True)
    template = make_template(contributors=(writer,), sections=1)
    template.sections.filter(kind="input").update(required=False)
    request = make_request("gathering")
    private = mail_to(writer).private
    given = opened(private["url"])[1]
    take(request, "start_compiling", office("admin"))

    late = Client().post(f"{private['url']}submit/", given | {"text": "Too late, at length.", "code": private["code"]})

    assert late.status_code == 410
    assert "Too late, at length." in late.content.decode()
