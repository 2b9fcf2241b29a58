"""The ways to the printer: a drop, or a webhook that is signed and tried again; each said at start-up where it leads nowhere."""

import json
from base64 import b64decode
from contextlib import ExitStack

import fsspec
import pytest

from acr_program.config.checks import way_to_the_printer
from acr_program.files import drop
from acr_program.jobs.work import drain
from acr_program.outbox.signing import SIGNATURE, STAMP, is_signed
from reviews.models import Handover
from reviews.ticket import as_page, ticket_of
from tests.factories import fresh
from tests.render.reading import words

from .shop import SECRET, a_shop
from .work import signed_in


@pytest.fixture
def shop(settings):
    with ExitStack() as open_ones:

        def start(*answers):
            server = open_ones.enter_context(a_shop(*answers))
            settings.ACR_PRINT_WEBHOOK, settings.ACR_PRINT_WEBHOOK_SECRET = server.url, SECRET
            return server

        yield start


def tried(order):
    """The next try, with the minutes left out that a failed one waits."""
    Handover.objects.filter(order=order).update(due_at=order.handovers.get().created_at)
    drain(["reviews.handover"])
    return fresh(order)


@pytest.mark.django_db
@pytest.mark.demand("R-24", "features, 58")
def test_a_shop_that_fails_twice_gets_the_same_order_under_the_same_key(shop, review):
    server = shop(503, 302)
    order = review("printing").print_orders.get()

    states = [tried(order).status for _ in range(3)]

    assert states == ["ordered", "ordered", "sent"]
    assert {head["Idempotency-Key"] for head, _body in server.got} == {f"{order.name}-1"}
    assert all(is_signed(SECRET, body, head[STAMP.title()], head[SIGNATURE.title()]) for head, body in server.got)
    sent = [json.loads(body) for _head, body in server.got]
    files = {file["name"]: b64decode(file["content"]) for file in sent[-1]["files"]}
    assert [one["ticket"] for one in sent] == [sent[0]["ticket"]] * 3
    assert files[f"{order.name}.pdf"] == order.file.read()
    assert files[f"{order.name}-ticket.pdf"].startswith(b"%PDF")


@pytest.mark.django_db
@pytest.mark.demand("R-24")
def test_whoever_looks_reads_that_it_could_not_be_handed_over_and_is_tried_again(shop, review, people):
    shop(503)
    order = review("printing").print_orders.get()
    page = signed_in(people["admin"])

    before, _tried = page.get(order.get_absolute_url()), tried(order)
    failed, _tried = page.get(order.get_absolute_url()), tried(order)
    taken = page.get(order.get_absolute_url())

    said = "127.0.0.1 answered with 503 and did not take it."
    assert [said in told.content.decode() for told in (before, failed, taken)] == [False, True, False]
    assert "So far 1 of 6 tries were in vain." in failed.content.decode()


@pytest.mark.django_db
@pytest.mark.demand("R-07", "R-24")
def test_the_ticket_names_whoever_answers_questions_about_the_program(review):
    order = review("printing").print_orders.get()

    ticket = ticket_of(order, 1, "token")

    manager = order.request.program.manager
    assert ticket["contact"] == {"name": manager.name, "email": manager.email}
    assert f"{manager.name}, {manager.email}" in words(as_page(order, ticket))


@pytest.mark.django_db
def test_a_shop_that_never_takes_it_leaves_the_order_to_somebodys_hand(shop, review):
    shop(*[500] * Handover.TRIES)
    order = review("printing").print_orders.get()

    states = [tried(order).status for _ in range(Handover.TRIES)]

    assert states == ["ordered"] * (Handover.TRIES - 1) + ["failed"]
    assert fresh(order).problem == "127.0.0.1 answered with 500 and did not take it."


def test_another_kind_of_place_takes_files_whole_and_the_same_replaces_itself():
    place = fsspec.filesystem("memory")
    for data in (b"first", b"second"):
        drop.lay("memory://orders/today", {"P1.pdf": data, "P1-ticket.json": b"{}"})
    laid = {path.rpartition("/")[2]: place.cat(path) for path in place.ls("/orders/today", detail=False)}

    drop.clear("memory://orders/today", ["P1.pdf", "never-there.pdf"])

    assert laid == {"P1.pdf": b"second", "P1-ticket.json": b"{}"}
    assert [path.rpartition("/")[2] for path in place.ls("/orders/today", detail=False)] == ["P1-ticket.json"]


@pytest.mark.demand("P42")
@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, []),
        ({"ACR_PRINT_DROP": "memory://orders"}, []),
        ({"ACR_PRINT_DROP": "carrier-pigeon://roof"}, ["acr.print-drop"]),
        ({"ACR_PRINT_WEBHOOK": "https://print.example/", "ACR_PRINT_WEBHOOK_SECRET": SECRET}, []),
        ({"ACR_PRINT_WEBHOOK": "http://127.0.0.1:9/", "ACR_PRINT_WEBHOOK_SECRET": SECRET}, []),
        ({"ACR_PRINT_WEBHOOK": "http://print.example/", "ACR_PRINT_WEBHOOK_SECRET": SECRET}, ["acr.print-webhook"]),
        ({"ACR_PRINT_WEBHOOK": "file:///etc/passwd", "ACR_PRINT_WEBHOOK_SECRET": SECRET}, ["acr.print-webhook"]),
        ({"ACR_PRINT_WEBHOOK": "https://print.example/"}, ["acr.print-webhook"]),
        ({"ACR_PRINT_EVENTS_SECRET": "short"}, ["acr.print-events"]),
    ],
)
def test_start_up_says_which_way_leads_nowhere(given, found, settings):
    for name, value in given.items():
        setattr(settings, name, value)

    errors = way_to_the_printer()

    assert [error.id for error in errors] == found
    assert all(error.msg.endswith(".") and error.hint for error in errors)
