"""The pages of print orders: one order, the list, copies ordered by hand, and the customer's word that the document came."""

import pytest
from django.test import Client
from django.urls import reverse

from acr_program.links.models import Link
from acr_program.outbox.models import Message
from reviews.models import PrintOrder
from tests.factories import fresh, take

from .work import LIST, RECORD, page_of, queries_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanted(review):
    """A review whose copies are on their way, and what is typed to order more."""
    shipped = review("shipped")
    needed = shipped.print_orders.get().needed_by.isoformat()
    typed = {"copies": "5", "paper": "silk", "binding": "wire", "ship_to": "Hotel", "needed_by": needed}
    return shipped, typed


@pytest.mark.demand("R-18", "features, 58")
def test_the_order_stands_on_its_page_and_on_that_of_its_review(review, people):
    order = review("printing").print_orders.get()

    page = page_of(people["rep"], order)

    assert order.sha256 in page
    assert "1 Main Street" in page
    assert f'href="{order.get_absolute_url()}"' in page_of(people["rep"], order.request)


def test_a_page_and_a_list_cost_few_queries(review, people):
    order = review("printing").print_orders.get()
    client = signed_in(people["admin"])

    assert queries_of(client, order.get_absolute_url()) <= RECORD
    assert queries_of(client, order.request.get_absolute_url()) <= RECORD
    assert queries_of(client, reverse("reviews:print-orders")) <= LIST


def test_the_list_can_be_narrowed(review, people):
    first, second = (review("printing").print_orders.get() for _ in range(2))
    take(first, "fail", people["admin"], comment="No paper.")
    client, url = signed_in(people["admin"]), reverse("reviews:print-orders")

    shown = {state: client.get(f"{url}?state={state}").content.decode() for state in ("failed", "ordered")}

    assert [f">{first.name}<" in shown["failed"], f">{second.name}<" in shown["failed"]] == [True, False]
    assert [f">{first.name}<" in shown["ordered"], f">{second.name}<" in shown["ordered"]] == [False, True]


def test_the_administrator_orders_copies_once_more_with_a_reason(wanted, people):
    shipped, typed = wanted
    client, url = signed_in(people["admin"]), reverse("reviews:new-print-order", args=[shipped.pk])

    without = client.post(url, typed | {"key": "a"})
    ordered = [client.post(url, typed | {"key": "b", "reason": "Lost in the post."}) for _ in range(2)]

    again = PrintOrder.objects.get(number=2)
    assert [without.status_code, *(answer.status_code for answer in ordered)] == [400, 302, 302]
    assert {answer.url for answer in ordered} == {again.get_absolute_url()}
    assert (again.reason, again.copies, again.binding) == ("Lost in the post.", 5, "wire")


@pytest.mark.parametrize("who", ["rep", "manager", "auditor"])
def test_nobody_else_orders_copies(who, wanted, people):
    shipped, typed = wanted

    answer = signed_in(people[who]).post(
        reverse("reviews:new-print-order", args=[shipped.pk]), typed | {"reason": "I want to."}
    )

    assert answer.status_code == 403
    assert PrintOrder.objects.count() == 1


def test_a_review_that_is_not_out_takes_no_order(review, people):
    waiting = review("in_approval")

    answer = signed_in(people["admin"]).get(reverse("reviews:new-print-order", args=[waiting.pk]))

    assert answer.status_code == 409


# The customer's word


@pytest.fixture
def link(review):
    delivered = review("delivered")
    document = delivered.latest_document()
    return document, reverse("reviews:delivered-have", args=[Link.issue("document", document)[1]])


@pytest.mark.demand("R-19")
def test_the_customer_says_that_the_document_came_and_the_name_is_kept(link):
    document, url = link

    nameless = Client().post(url, {"name": " "})
    answers = [Client().post(url, {"name": name}) for name in ("Kim Kunde", "Robin Other")]

    document = fresh(document)
    assert [nameless.status_code, *(answer.status_code for answer in answers)] == [400, 302, 302]
    assert (document.received_by, document.log().latest("version").by.name) == ("Kim Kunde", "The customer")
    assert document.received_at is not None
    assert list(Message.objects.filter(kind="received").values_list("person__name", flat=True)) == ["Rita Rep"]
    assert "Kim Kunde has said" in Client().get(answers[0].url).content.decode()


def test_opening_the_page_confirms_nothing(link):
    document, url = link

    answer = Client().get(url.removesuffix("have/"))

    assert (answer.status_code, answer.headers["Referrer-Policy"]) == (200, "same-origin")
    assert fresh(document).received_at is None


def test_a_link_that_was_withdrawn_takes_no_word(link):
    document, url = link
    Link.revoke(document)

    answer = Client().post(url, {"name": "Kim Kunde"})

    assert (answer.status_code, fresh(document).received_by) == (410, "")
