"""The pages of contributors."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from acr_program.desk.models import Draft
from reviews.models import InformationRequest, Section
from tests.factories import (
    fresh,
    make_account,
    make_request,
    make_user,
    make_year,
    office,
    take,
)
from tests.reviews.work import (
    a_section,
    answer,
    page_of,
    signed_in,
    year_2019,
)

pytestmark = pytest.mark.django_db


# Contributors


def test_my_sections_show_what_waits_first_and_what_was_answered_below():
    section = a_section()
    writer = section.contributor
    done = make_request("gathering").contributions.get()
    InformationRequest.objects.filter(pk=done.pk).update(contributor=writer)
    take(done, "submit", writer, text="Done.")

    page = signed_in(writer).get(reverse("reviews:contributions"))

    assert [row.url for row in page.context["waiting"]] == [section.get_absolute_url()]
    assert page.context["answered"].objects == [done]


def test_nothing_waits_is_said_kindly():
    page = signed_in(make_user("contributor")).get(reverse("reviews:contributions")).content.decode()

    assert "No section waits for you" in page


def test_the_editor_has_the_guidance_and_counts_words():
    section = a_section(guidance="Name what went wrong as well.", max_words=40)

    page = page_of(section.contributor, section)

    assert "Name what went wrong as well." in page
    assert 'data-words="40"' in page
    assert f'action="{section.get_absolute_url()}steps/submit/"' in page
    assert 'name="seen"' in page
    assert 'name="key"' in page


def test_what_is_typed_is_kept_for_its_author_alone_and_comes_back():
    section = a_section()
    client = signed_in(section.contributor)

    kept = client.post(
        f"{section.get_absolute_url()}draft/", {"text": "- one\n- two", "note": ""}, headers={"HX-Request": "true"}
    )

    assert "<ul><li>one</li><li>two</li></ul>" in kept.content.decode()
    assert "Your draft is here as you left it" in client.get(section.get_absolute_url()).content.decode()
    assert "- one" not in page_of(office("admin"), section)
    assert fresh(section).text == ""


def test_a_draft_without_scripts_is_kept_and_ends_with_the_section():
    section = a_section()
    client = signed_in(section.contributor)

    back = client.post(f"{section.get_absolute_url()}draft/", {"text": "Half a sentence"})
    take(section, "submit", section.contributor, text="A whole sentence.")

    assert back.url == section.get_absolute_url()
    assert Draft.objects.count() == 0


def test_nobody_keeps_a_draft_of_what_is_not_asked_of_them():
    section = a_section()

    refused = signed_in(office("admin")).post(f"{section.get_absolute_url()}draft/", {"text": "Mine"})

    assert refused.status_code == 403
    assert Draft.objects.count() == 0


def test_submitting_from_the_page_takes_the_step():
    section = a_section()
    client = signed_in(section.contributor)
    page = client.get(section.get_absolute_url()).content.decode()
    hidden = dict(re.findall(r'name="(seen|key)" value="([^"]*)"', page))

    client.post(f"{section.get_absolute_url()}steps/submit/", {"text": "We were late twice.", **hidden})

    assert (fresh(section).status, fresh(section).text) == ("submitted", "We were late twice.")


def test_a_text_that_is_too_long_comes_back_with_its_words():
    section = a_section(max_words=3)

    refused = signed_in(section.contributor).post(
        f"{section.get_absolute_url()}steps/submit/",
        {"text": "one two three four", "note": "Ask Kim.", "seen": section.version, "key": "k"},
    )

    assert refused.status_code == 400
    page = refused.content.decode()
    assert "The text has 4 words; this section takes 3. Shorten it by 1." in page
    assert "one two three four</textarea>" in page
    assert "Ask Kim.</textarea>" in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "One answer is missing:"),
        ("  ", "One answer is missing:"),
        ("one two three four", "One answer needs another look:"),
    ],
)
def test_a_text_that_will_not_do_is_mended_beside_everything_it_is_written_from(text, said):
    account = make_account()
    earlier = make_request("gathering", sections=1, account=account, year=year_2019())
    answer(earlier, "In 2019 nothing was late.")
    section = make_request("gathering", account=account, year=make_year()).contributions.get()
    Section.objects.filter(pk=section.section_id).update(guidance="Name what went wrong as well.", max_words=3)

    refused = signed_in(section.contributor).post(
        f"{section.get_absolute_url()}steps/submit/", {"text": text, "seen": section.version, "key": "k"}
    )

    page = refused.content.decode()
    assert (refused.status_code, fresh(section).status) == (400, "requested")
    assert said in page
    assert "Name what went wrong as well." in page
    assert "In 2019 nothing was late." in page
    assert f'name="seen" value="{section.version}"' in page


def test_whoever_writes_for_a_contributor_without_the_editor_keeps_the_page_of_the_step():
    section = a_section(max_words=3)

    refused = signed_in(office("admin")).post(
        f"{section.get_absolute_url()}steps/submit/", {"text": "one two three four", "seen": section.version}
    )

    assert refused.status_code == 400
    assert "one two three four</textarea>" in refused.content.decode()


def test_after_a_section_is_read_the_next_one_waits_and_after_the_last_it_is_said():
    request = make_request("gathering", sections=3)
    first, second, third = request.contributions.order_by("section__place")
    for section in (first, second):
        take(section, "submit", section.contributor, text="Fine.")
    client = signed_in(office("admin"))

    def read(section, name="accept", **data):
        given = {"seen": fresh(section).version, "key": f"{name}-{section.pk}", **data}
        return client.post(f"{section.get_absolute_url()}steps/{name}/", given, follow=True)

    one, two = read(first), read(second, "send_back", comment="Say how good.")
    take(second, "submit", second.contributor, text="Very good.")
    three = read(second)
    take(third, "submit", third.contributor, text="Fine.")
    four = read(third)

    assert one.redirect_chain == [(second.get_absolute_url(), 302)]
    said = [str(message) for message in one.context["messages"]]
    assert said == [
        f"The section is accepted: {first}. It goes into the document as it stands.",
        f"Next to read: {second.section.title}.",
    ]
    assert [page.redirect_chain for page in (two, three, four)] == [[(request.get_absolute_url(), 302)]] * 3
    assert "All sections that were handed in are read; 2 are still being written." in two.content.decode()
    assert "All sections that were handed in are read; 1 is still being written." in three.content.decode()
    assert "All sections are read." in four.content.decode()


def test_what_was_sent_back_says_why_on_top():
    section = a_section()
    take(section, "submit", section.contributor, text="Good.")
    take(section, "send_back", office("admin"), comment="Say how good.")

    page = page_of(section.contributor, section)

    assert "Say how good." in page
    assert page.index("Say how good.") < page.index("<textarea")
    assert "Mend what you wrote" in page


def test_last_years_answer_stands_beside_the_editor():
    account = make_account()
    past = year_2019()
    earlier = make_request("gathering", sections=1, account=account, year=past)
    answer(earlier, "In 2019 nothing was late.")
    section = make_request("gathering", account=account, year=make_year()).contributions.get()

    page = page_of(section.contributor, section)

    assert "In 2019 nothing was late." in page


def test_the_office_reads_it_as_the_customer_will():
    section = a_section()
    take(section, "submit", section.contributor, text="# Late\n\n<b>Twice</b>", note="Ask Kim.")

    page = page_of(office("admin"), section)

    assert "<h3>Late</h3><p>&lt;b&gt;Twice&lt;/b&gt;</p>" in page
    assert "Ask Kim." in page
    assert "Accept the section" in page


def test_a_figure_that_is_named_reads_as_it_will_be_printed():
    """While it is typed, once it is kept, and when it is handed in; an unknown name stands as it was typed."""
    section = a_section()
    typed = "Dear {{ customer.name }}, {{ nobody.knows }}."
    client, url = signed_in(section.contributor), section.get_absolute_url()

    kept = client.post(f"{url}draft/", {"text": typed}, headers={"HX-Request": "true"}).content.decode()
    writing = read_out(client.get(url).content.decode())
    take(section, "submit", section.contributor, text="Dear {{ customer.name }}.")
    handed_in = client.get(url).content.decode()

    reads = f"Dear {section.request.account.name}"
    assert f"{reads}, {{{{ nobody.knows }}}}." in read_out(kept)
    assert f"{reads}, {{{{ nobody.knows }}}}." in writing
    assert f"{reads}." in handed_in
    assert "{{" not in handed_in


def read_out(page):
    return page.split('id="reads"', 1)[1].split("</div>", 1)[0]


def test_who_has_handed_it_in_is_not_asked_what_the_office_is_asked():
    section = a_section()
    take(section, "submit", section.contributor, text="Fine.")

    author, reader = page_of(section.contributor, section), page_of(office("admin"), section)

    assert ("Is this fit for the customer?" in author, "Handed in: the office reads it" in author) == (False, True)
    assert "Is this fit for the customer?" in reader


def test_a_section_that_is_not_wanted_any_more_says_so_and_asks_for_nothing():
    section = a_section()
    take(section, "waive", office("admin"), comment="They have none.")

    page = page_of(section.contributor, section)

    assert "It is not wanted any more." in page
    assert f"{office('admin').name}, " in page
    assert "They have none." in page
    assert "Nothing is written yet" not in page
    assert "By</dt>" not in page


@pytest.mark.parametrize(("kind", "said"), [("promise", True), ("input", False)])
def test_who_writes_of_late_orders_reads_which_they_are(kind, said):
    section = a_section(kind=kind)

    page = page_of(section.contributor, section)

    assert ('id="late-orders"' in page) == said
    assert ("No order of the year was late." in page) == said
