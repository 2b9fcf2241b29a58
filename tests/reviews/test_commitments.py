"""Commitments are entered line by line: kept in order, counted, sent back and accepted with their section."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from acr_program.desk.models import Draft
from acr_program.links.models import Link
from reviews.actions.by_link import WRITE
from reviews.models import Commitment, Issue
from tests.factories import fresh, make_user, office, take

from .promises import asked_for_commitments, commit
from .work import page_of, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-25")]

DAY = localdate() + timedelta(days=90)


def typed(*lines, text="A good year lies ahead.", empty=1, **more):
    """What the page sends: the text, these lines, some empty ones."""
    known = ("what", "side", "who", "due_on", "measure")
    rows = [dict(zip(known, line, strict=False)) for line in lines] + [{"side": "us"}] * empty
    sent = {f"lines-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    return sent | {"text": text, "lines-TOTAL_FORMS": len(rows), "lines-INITIAL_FORMS": 0} | more


GOOD = ("Report on-time shipment.", "us", "Rita Rep", DAY.isoformat(), "A page each quarter")
THEIRS = ("Name one person for claims.", "you", "", "", "")


def hand_in(part, *lines, **how):
    client = signed_in(part.contributor)
    url = reverse("reviews:contribution-step", args=[part.pk, "submit"])
    return client.post(url, typed(*lines, **how) | {"seen": part.version})


def test_lines_are_kept_in_order_with_what_they_say():
    part = asked_for_commitments()

    hand_in(part, THEIRS, GOOD)

    rows = Commitment.objects.filter(part=part).values_list("place", "side", "what", "who", "due_on", "measure")
    assert list(rows) == [
        (1, "you", "Name one person for claims.", "", None, ""),
        (2, "us", "Report on-time shipment.", "Rita Rep", DAY, "A page each quarter"),
    ]
    assert (fresh(part).status, fresh(part).text) == ("submitted", "A good year lies ahead.")


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost():
    part = asked_for_commitments()

    answer = hand_in(part, ("Call on the day.", "us", "", "soon", ""))

    page = answer.content.decode()
    assert answer.status_code == 400
    assert fresh(part).status == "requested"
    assert 'id="id_lines-0-who-error"' in page
    assert "Name who does it: the customer reads a name and a day." in page
    assert "This is no date." in page
    assert 'value="Call on the day."' in page


def test_a_line_of_the_customers_needs_neither_name_nor_day():
    part = asked_for_commitments()

    hand_in(part, THEIRS)

    assert fresh(part).status == "submitted"


def test_without_outlook_and_line_nothing_is_handed_in():
    part = asked_for_commitments()

    answer = hand_in(part, text=" ")

    assert answer.status_code == 400
    assert "Write an outlook or enter a line" in answer.content.decode()


def test_the_words_of_text_and_lines_together_keep_within_the_limit():
    part = asked_for_commitments(max_words=8)

    answer = hand_in(part, GOOD, text="A good year.")

    assert answer.status_code == 400
    assert "The text has 12 words; this section takes 8. Shorten it by 4." in answer.content.decode()


def test_the_length_counts_the_lines_and_a_section_of_lines_alone_can_be_accepted():
    part = asked_for_commitments()

    hand_in(part, GOOD, text="")
    part = take(part, "accept", office("admin"))

    assert (part.words, part.status) == (9, "accepted")


def test_handed_in_anew_the_new_lines_take_the_place_of_the_old():
    part = asked_for_commitments()
    hand_in(part, GOOD, THEIRS)
    part = take(part, "send_back", office("admin"), comment="One is enough.")

    hand_in(part, GOOD)

    assert [row.what for row in Commitment.objects.filter(part=part)] == ["Report on-time shipment."]
    shown = page_of(office("admin"), part)
    assert "What was asked, and what has changed" in shown
    assert "<del>Name one person for claims." in shown


def test_a_draft_keeps_lines_as_typed_and_more_lines_are_had_without_script():
    part = asked_for_commitments()
    client = signed_in(part.contributor)
    url = reverse("reviews:contribution-draft", args=[part.pk])

    answer = client.post(url, typed(("Half typ", "us", "", "", ""), more="1", empty=2))

    assert answer.url == f"{part.get_absolute_url()}#lines"
    shown = client.get(part.get_absolute_url()).content.decode()
    assert 'value="Half typ"' in shown
    assert 'name="lines-TOTAL_FORMS" value="4"' in shown
    assert Commitment.objects.count() == 0


def test_autosave_answers_with_how_the_lines_will_read():
    part = asked_for_commitments()
    url = reverse("reviews:contribution-draft", args=[part.pk])

    answer = signed_in(part.contributor).post(url, typed(GOOD, THEIRS), headers={"HX-Request": "true"})

    shown = answer.content.decode()
    assert shown.index("What we undertake") < shown.index("<b>Report on-time shipment.</b>, Rita Rep")
    assert shown.index("What we ask of the customer") < shown.index("<b>Name one person for claims.</b>")
    assert Draft.objects.get().data["lines"][0]["what"] == "Report on-time shipment."


def test_lines_are_handed_in_by_signed_link():
    part = asked_for_commitments()
    writer = make_user("contributor", by_link=True)
    type(part).objects.filter(pk=part.pk).update(contributor=writer)
    link, token = Link.issue(WRITE, part, person=writer, code=True)
    url = reverse("reviews:write-step", args=[token, "submit"])
    answer = Client().post(url, typed(GOOD, seen=part.version, code=link.code))

    assert answer.status_code == 302
    assert [row.what for row in Commitment.objects.filter(part=part)] == ["Report on-time shipment."]
    assert mail.outbox == []


def test_issues_are_entered_with_how_they_stand():
    part = asked_for_commitments(kind="follow")
    sent = {
        "lines-0-what": "Credit for the pallet of May", "lines-0-state": "late", "lines-0-outcome": "Ten days late.",
        "lines-1-state": "open", "lines-TOTAL_FORMS": 2, "lines-INITIAL_FORMS": 0, "text": "", "seen": part.version,
    }  # fmt: skip

    signed_in(part.contributor).post(reverse("reviews:contribution-step", args=[part.pk, "submit"]), sent)

    rows = list(Issue.objects.filter(part=part).values_list("what", "state", "outcome"))
    assert rows == [("Credit for the pallet of May", "late", "Ten days late.")]


def test_a_hostile_line_reaches_the_page_as_text():
    part = asked_for_commitments()

    hand_in(part, ("<script>alert(1)</script>", "us", "Rita Rep", DAY.isoformat(), ""))

    assert "<script>alert(1)" not in page_of(office("admin"), part)
    assert "&lt;script&gt;alert(1)" in page_of(office("admin"), part)


def test_the_page_costs_no_more_with_twenty_lines_than_with_one():
    part = asked_for_commitments()
    take(part, "submit", part.contributor, text="x", lines=[commit()])
    one = queries_of(signed_in(office("admin")), part.get_absolute_url())
    part = take(part, "send_back", office("admin"), comment="More.")
    take(part, "submit", part.contributor, text="x", lines=[commit(f"Thing {n}") for n in range(20)])

    twenty = queries_of(signed_in(office("admin")), part.get_absolute_url())

    assert twenty == one
