"""Who has read what they were told, beside who has confirmed it (G-05, G-11)."""

import pytest
from django.urls import reverse

from acr_program.charter.models import Reading, Receipt
from acr_program.workflow.seals import verify
from tests.chartering import a_communication, a_receipt
from tests.desk.asking import questions, text
from tests.factories import fresh, make_user, make_year, take

pytestmark = pytest.mark.demand("G-11")


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.fixture
def year(people):
    return make_year()


def read(client, receipt, key="k"):
    return client.post(reverse("charter:receipt-read", args=[receipt.pk]), {"key": key})


def test_looking_keeps_nothing_and_the_page_says_by_itself_that_it_was_opened(people, as_person, year):
    receipt, client = a_receipt(people["rep"], year=year), as_person(people["rep"])
    page = client.get(receipt.get_absolute_url()).content.decode()
    looked = Reading.objects.count()

    answer = read(client, receipt)
    first = Reading.objects.get().at
    read(client, receipt, "another")

    assert 'hx-trigger="load, submit"' in page
    assert looked == 0
    assert answer["Location"] == receipt.get_absolute_url()
    assert Reading.objects.get().at == first
    assert "First read by Rita Rep" in text(client.get(receipt.get_absolute_url()))
    assert fresh(receipt).version == receipt.version  # the page that is open can still confirm


def test_nobody_reads_in_the_place_of_somebody_else(people, as_person, year):
    receipt = a_receipt(people["rep"], year=year)
    manager = as_person(people["manager"])

    assert read(manager, receipt).status_code == 403
    assert read(as_person(people["contributor"]), receipt).status_code == 404
    assert "Not read yet by Rita Rep." in text(manager.get(receipt.get_absolute_url()))
    assert not Reading.objects.exists()


def test_whoever_confirms_has_read_it_and_what_is_settled_is_read_no_more(people, as_person, year):
    confirmed, waived = (a_receipt(people["rep"], year=year, title=title) for title in "AB")
    take(confirmed, "confirm", people["rep"])
    take(waived, "waive", people["manager"], comment="On leave.")

    read(as_person(people["rep"]), waived)

    assert list(Reading.objects.values_list("receipt", flat=True)) == [confirmed.pk]


def test_the_program_manager_sees_who_has_read_it_and_how_many(people, as_person, year):
    others = [make_user("rep", name=f"Rep {letter}") for letter in "ABC"]
    told = take(a_communication("force", year), "send", people["manager"])
    of = {one.person: one for one in Receipt.objects.filter(communication=told)}
    read(as_person(people["rep"]), of[people["rep"]])
    take(of[others[0]], "confirm", others[0])
    client = as_person(people["manager"])

    page, listed = text(client.get(told.get_absolute_url())), text(client.get(reverse("charter:alignment")))

    assert f"2 of {len(of)} have read it, 1 have confirmed it" in page
    assert page.count("not yet") == len(of) - 2
    assert f"2 of {len(of)} 1 of {len(of)}" in listed


def test_a_draft_counts_nobody(people, as_person, year):
    a_communication("force", year, title="A draft still")

    assert "0 of 0" not in text(as_person(people["manager"]).get(reverse("charter:alignment")))


def test_more_readers_cost_no_more_queries(people, as_person, year):
    few = take(a_communication("leaders", year), "send", people["manager"])
    client = as_person(people["manager"])
    before = [questions(client, few.get_absolute_url()), questions(client, reverse("charter:alignment"))]
    for number in range(5):
        make_user("rep", name=f"More {number}")
    many = take(a_communication("force", year), "send", people["manager"])
    for receipt in Receipt.objects.filter(communication=many).select_related("person"):
        take(receipt, "confirm", receipt.person)

    after = [questions(client, many.get_absolute_url()), questions(client, reverse("charter:alignment"))]

    assert [len(found) for found in after] == [len(found) for found in before]
