"""Printer and carrier say how an order stands: by the ticket's link and by signed events, once each (R-19)."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from acr_program.jobs.work import drain
from acr_program.links.models import Link
from acr_program.outbox.signing import SIGNATURE, STAMP, digest, signed
from reviews.models import PrintEvent
from tests.factories import fresh, take

pytestmark = pytest.mark.django_db
SECRET = "s" * 40


@pytest.fixture
def drop(settings, tmp_path):
    settings.ACR_PRINT_DROP = str(tmp_path / "drop")
    settings.ACR_PRINT_EVENTS_SECRET = SECRET
    return tmp_path / "drop"


@pytest.fixture
def order(review, drop):
    """One order that the printer has."""
    found = review("printing").print_orders.get()
    drain(["reviews.handover"])
    return fresh(found)


def token_of(order, drop):
    ticket = json.loads((drop / f"{order.name}-ticket.json").read_text())
    return ticket["status"].rstrip("/").rpartition("/")[2]


def post(event, secret=SECRET, **headers):
    body = json.dumps(event).encode()
    head = signed(secret, body) | headers
    answer = Client(enforce_csrf_checks=True).post(
        reverse("reviews:print-events"), body, content_type="application/json", headers=head
    )
    return answer.status_code, answer.json()["sentence"]


def event(order, kind, number="1", **more):
    return {"id": f"E{number}", "event": kind, "order": order.name, **more}


def stands(order):
    order = fresh(order)
    return order.status, order.version, fresh(order.request).status


# The page


@pytest.mark.demand("R-19", "features, 59")
def test_the_ticket_leads_to_a_page_that_shows_and_changes_nothing(order, drop):
    url, before = reverse("reviews:printer", args=[token_of(order, drop)]), stands(order)

    pages = [Client().get(url) for _ in range(3)] + [Client().head(url)]
    file = Client().get(f"{url}file/")

    assert {page.status_code for page in pages} == {200}
    assert pages[0].headers["Referrer-Policy"] == "same-origin"
    assert pages[0].headers["Cache-Control"] == "no-store"
    assert file.content == order.file.read()
    assert stands(order) == before


def test_the_printer_says_printed_then_shipped_and_the_review_goes_along(order, drop):
    client, token = Client(), token_of(order, drop)
    at = lambda name: reverse("reviews:printer-step", args=[token, name])  # noqa: E731

    first = client.post(at("printed"), {"seen": order.version, "key": "a"})
    again = client.post(at("printed"), {"seen": order.version, "key": "a"})
    unnamed = client.post(at("ship"), {"seen": fresh(order).version, "key": "b", "carrier": "DHL"})
    shipped = client.post(at("ship"), {"seen": fresh(order).version, "key": "b", "carrier": "DHL", "tracking": "T-17"})

    assert [answer.status_code for answer in (first, again, unnamed, shipped)] == [302, 302, 400, 302]
    assert stands(order) == ("shipped", order.version + 2, "shipped")
    assert list(order.log().filter(version__gt=order.version).values_list("by__name", flat=True)) == ["The printer"] * 2


def test_a_page_that_is_out_of_date_changes_nothing_and_says_so(order, drop, people):
    url = reverse("reviews:printer-step", args=[token_of(order, drop), "printed"])
    take(order, "printed", people["admin"])

    answer = Client().post(url, {"seen": order.version, "key": "a"})

    assert answer.status_code == 409
    assert "Ada Admin" in answer.content.decode()
    assert stands(order) == ("printed", order.version + 1, "printing")


def test_what_is_in_the_way_stops_the_order_and_waits_for_the_office(order, drop):
    url = reverse("reviews:printer-step", args=[token_of(order, drop), "fail"])

    answer = Client().post(url, {"seen": order.version, "key": "a", "comment": "No paper of this kind."})

    assert (answer.status_code, fresh(order).status) == (302, "failed")
    assert fresh(order).problem == "No paper of this kind."


@pytest.mark.parametrize("over", ["recalled", "unknown"])
def test_a_link_that_is_over_opens_nothing(over, order, drop, people):
    token = token_of(order, drop)
    if over == "recalled":
        take(order, "recall", people["admin"], comment="Wrong.")
    token = token if over == "recalled" else "no-such"

    answers = [
        Client().get(reverse("reviews:printer", args=[token])),
        Client().get(reverse("reviews:printer-file", args=[token])),
    ]

    assert [answer.status_code for answer in answers] == [410 if over == "recalled" else 404] * 2


def test_a_new_round_closes_the_link_of_the_one_before(order, drop, people):
    first = token_of(order, drop)
    take(order, "fail", people["admin"], comment="Lost.")
    take(fresh(order), "try_again", people["admin"])
    drain(["reviews.handover"])

    answers = [Client().get(reverse("reviews:printer", args=[t])).status_code for t in (first, token_of(order, drop))]

    assert answers == [410, 200]
    assert Link.objects.about(order).open().count() == 1


# Events


@pytest.mark.demand("R-24", "features, 59")
def test_signed_events_lead_the_order_from_printed_to_delivered(order):
    answers = [
        post(event(order, "printed", 1))[0],
        post(event(order, "shipped", 2, carrier="DHL", tracking="T-17"))[0],
        post({"id": "E3", "event": "delivered", "carrier": "dhl", "tracking": "T-17"})[0],
    ]

    assert answers == [200, 200, 200]
    assert stands(order) == ("delivered", order.version + 3, "delivered")
    assert (fresh(order).carrier, fresh(order).tracking) == ("DHL", "T-17")


def test_an_event_said_again_changes_nothing(order, people):
    post(event(order, "problem", 1, note="Ink."))
    take(fresh(order), "try_again", people["admin"])
    drain(["reviews.handover"])
    before = stands(order)

    answers = [post(event(order, "problem", 1, note="Ink.")) for _ in range(2)]

    assert answers == [(200, "That was said already; nothing changes.")] * 2
    assert stands(order) == before
    assert PrintEvent.objects.count() == 1


def test_events_out_of_their_order_are_refused_or_noted(order):
    early = post(event(order, "delivered", 3))
    shipped = post(event(order, "shipped", 2, carrier="DHL", tracking="T-17"))
    late = post(event(order, "printed", 1))
    again = post(event(order, "delivered", 3))

    assert [answer[0] for answer in (early, shipped, late, again)] == [409, 200, 200, 200]
    assert early[1] == f"{order.name} is not as far as that: it is “With the printer”. Say it again later."
    assert stands(order) == ("delivered", order.version + 2, "delivered")


def test_a_recalled_order_takes_no_event(order, people):
    take(order, "recall", people["admin"], comment="Wrong.")
    before = stands(order)

    answers = [post(event(order, kind, kind))[0] for kind in ("printed", "shipped", "delivered", "problem")]

    assert answers == [409] * 4
    assert stands(order) == before


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"order": "P999999"}, 404), ({"order": "x", "tracking": "none"}, 404), ({"event": "exploded"}, 404),
        ({"id": ""}, 400), ({"id": "x" * 101}, 400), ({"event": ["printed"]}, 404), ({"order": "P" + "9" * 30}, 404),
    ],
)  # fmt: skip
def test_an_unknown_event_is_answered_in_a_sentence(wrong, status, order):
    before = stands(order)

    answer = post(event(order, "printed") | wrong)

    assert answer[0] == status
    assert answer[1].endswith(".")
    assert stands(order) == before


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff\x00", b"[" * 9000, b"1" * 40_000])
def test_what_is_no_event_is_refused(body, order):
    answer = Client().post(
        reverse("reviews:print-events"), body, content_type="application/json", headers=signed(SECRET, body)
    )

    assert answer.status_code in (400, 401)
    assert fresh(order).version == order.version


def test_only_whoever_knows_the_secret_is_heard_and_only_now(order):
    body = json.dumps(event(order, "printed")).encode()
    old = str(int(now().timestamp()) - 400)

    answers = [
        post(event(order, "printed"), secret="x" * 40)[0],
        post(event(order, "printed"), **{STAMP: old, SIGNATURE: f"sha256={digest(SECRET, old, body)}"})[0],
        post(event(order, "printed"), **{STAMP: "²"})[0],
        post(event(order, "printed"), **{SIGNATURE: "sha256=ü"})[0],
    ]

    assert answers == [401] * 4
    assert fresh(order).version == order.version


def test_without_a_secret_nobody_is_heard(order, settings):
    settings.ACR_PRINT_EVENTS_SECRET = ""

    answer = Client().post(reverse("reviews:print-events"), b"{}", content_type="application/json")

    assert answer.status_code == 404
