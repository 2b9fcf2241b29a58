"""Orders for print: made with the approval from the sealed file alone, once, and their review goes along (R-18, R-24)."""

import json

import pytest
from django.db import DatabaseError, transaction

from acr_program.jobs.work import drain
from acr_program.links.models import Link
from acr_program.outbox.models import Message
from acr_program.workflow.days import add_working_days
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import StepBlocked
from reviews.actions.printing import order_by_hand
from reviews.models import Handover, PrintOrder
from tests.factories import fresh, take
from tests.reviews.meetings import planned

pytestmark = pytest.mark.django_db
HAND_OVER = ["reviews.handover"]
SHIPMENT = {"carrier": "DHL", "tracking": "T-17"}


@pytest.fixture
def drop(settings, tmp_path):
    """A folder as the printer's drop."""
    settings.ACR_PRINT_DROP = str(tmp_path / "drop")
    return tmp_path / "drop"


def order_of(review):
    return review.print_orders.get()


def states(review):
    return fresh(review).status, order_of(review).status


@pytest.mark.demand("R-24")
@pytest.mark.demand("R-18")
@pytest.mark.demand("features, 58")
def test_the_last_approval_orders_the_sealed_print_edition_once(review):
    printing = review("printing", copies=12, ship_to="Dock 4, Hamburg")

    order = order_of(printing)

    assert (order.status, order.copies, order.ship_to) == ("ordered", 12, "Dock 4, Hamburg")
    assert order.needed_by == next(stage.by for stage in printing.schedule if stage.stage == "delivered")
    assert (order.file.name, order.file.manifest) == ("print.pdf", printing.latest_document().manifest)
    assert order.sha256 == order.file.file.sha256
    assert Handover.objects.filter(order=order).count() == 1


def test_the_database_takes_no_second_first_order(review):
    order = order_of(review("printing"))
    again = {name: getattr(order, name) for name in ("request", "document", "file", "sha256", "copies", "needed_by")}

    with pytest.raises(DatabaseError), transaction.atomic():
        begin(PrintOrder(**again, ship_to="Elsewhere"), by=order.request.rep)

    assert PrintOrder.objects.count() == 1


@pytest.mark.parametrize("foreign", ["screen", "other review", "other bytes"])
def test_the_database_refuses_a_file_that_is_not_the_sealed_one(foreign, review):
    order, other = order_of(review("printing")), order_of(review("printing"))
    given = {name: getattr(order, name) for name in ("request", "document", "file", "sha256", "copies", "needed_by")}
    wrong = {
        "screen": {"file": order.file.manifest.file("screen.pdf")},
        "other review": {"file": other.file, "sha256": other.sha256},
        "other bytes": {"sha256": "0" * 64},
    }[foreign]
    if foreign == "screen":
        wrong["sha256"] = wrong["file"].file.sha256

    with pytest.raises(DatabaseError, match="sealed document"), transaction.atomic():
        begin(PrintOrder(**given | wrong, number=2, reason="More", ship_to="There"), by=order.request.rep)
    with pytest.raises(DatabaseError, match="sealed document"), transaction.atomic():
        PrintOrder.objects.filter(pk=order.pk).update(file=other.file)

    assert PrintOrder.objects.count() == 2


def test_the_drop_gets_file_and_ticket_and_the_order_is_with_the_printer(review, drop):
    printing = review("printing")

    drain(HAND_OVER)

    order = order_of(printing)
    names = [f"{order.name}-ticket.json", f"{order.name}-ticket.pdf", f"{order.name}.pdf"]
    assert order.status == "sent"
    assert sorted(path.name for path in drop.iterdir()) == names
    assert (drop / f"{order.name}.pdf").read_bytes() == order.file.read()
    ticket = json.loads((drop / f"{order.name}-ticket.json").read_text())
    assert (ticket["order"], ticket["copies"], ticket["file"]["sha256"]) == (order.name, 10, order.sha256)
    link = Link.find(ticket["status"].rstrip("/").rpartition("/")[2], "print")
    assert link.object_id == str(order.pk)


def test_the_same_order_handed_over_twice_is_one_file_with_the_same_bytes(review, drop, monkeypatch):
    order = order_of(review("printing"))
    monkeypatch.setattr(Handover, "settle", lambda self: (_ for _ in ()).throw(RuntimeError("the worker died here")))
    drain(HAND_OVER)
    first = {path.name: path.read_bytes() for path in drop.iterdir()}
    monkeypatch.undo()

    Handover.objects.update(due_at=order.handovers.get().created_at)
    drain(HAND_OVER)

    assert {path.name: path.read_bytes() for path in drop.iterdir()} == first
    assert (fresh(order).status, order.handovers.get().token) == ("sent", "")


def test_a_changed_file_is_handed_to_nobody(review, drop):
    from acr_program.files import disk

    order = order_of(review("printing"))
    path = disk.path_of(order.sha256)
    path.chmod(0o600)
    path.write_bytes(b"%PDF other bytes")

    drain(HAND_OVER)

    order = fresh(order)
    assert order.status == "failed"
    assert "no longer what was stored" in order.problem
    assert not drop.exists()


def test_what_fails_is_told_to_the_office_and_goes_out_again_by_hand(review, drop, people):
    order = order_of(review("printing"))
    drop.write_text("a file where the folder should be")
    for _ in range(Handover.TRIES):
        Handover.objects.update(due_at=order.handovers.get().created_at)
        drain(HAND_OVER)
    failed = fresh(order)
    told = Message.objects.filter(kind="print_failed").count()

    drop.unlink()
    take(failed, "try_again", people["admin"])
    drain(HAND_OVER)

    assert (failed.status, told) == ("failed", 1)
    assert "FileExistsError" in failed.problem or "NotADirectory" in failed.problem
    assert (fresh(order).status, fresh(order).problem) == ("sent", "")


@pytest.mark.demand("R-19")
def test_the_review_goes_along_with_its_order(review, people, drop):
    printing = review("printing")
    drain(HAND_OVER)

    take(order_of(printing), "printed", people["admin"])
    after_printed = states(printing)
    take(order_of(printing), "ship", people["admin"], **SHIPMENT)
    after_shipped = states(printing)
    take(order_of(printing), "deliver", people["rep"])

    assert after_printed == ("printing", "printed")
    assert after_shipped == ("shipped", "shipped")
    assert (fresh(printing).carrier, fresh(printing).tracking) == ("DHL", "T-17")
    assert states(printing) == ("delivered", "delivered")


def test_the_order_goes_along_with_its_review(review, people):
    printing = review("printing")

    take(printing, "ship", people["admin"], **SHIPMENT)
    after_shipped = states(printing)
    take(fresh(printing), "confirm_delivery", people["rep"])

    assert (after_shipped, order_of(printing).tracking) == (("shipped", "shipped"), "T-17")
    assert states(printing) == ("delivered", "delivered")


@pytest.mark.parametrize("way", ["reopen", "withdraw"])
def test_a_broken_seal_recalls_the_order_and_tells_the_printer(way, review, people, drop):
    printing = review("printing")
    drain(HAND_OVER)
    order = order_of(printing)

    if way == "reopen":
        take(printing, "reopen", people["manager"], comment="A figure is wrong.")
    else:
        approval = printing.approvals.order_by("place").last()
        take(approval, "withdraw", approval.approver, comment="A figure is wrong.")
    drain(HAND_OVER)

    assert fresh(order).status == "recalled"
    assert [path.name for path in drop.iterdir()] == [f"{order.name}-recalled.json"]
    assert Link.objects.about(order).open().count() == 0


def test_an_order_recalled_before_it_went_out_goes_nowhere(review, people, drop):
    printing = review("printing")

    take(order_of(printing), "recall", people["admin"], comment="Wrong address.")
    drain(HAND_OVER)

    assert (order_of(printing).status, drop.exists()) == ("recalled", False)


def test_a_change_puts_another_ticket_in_the_place_of_the_first(review, people, drop):
    printing = review("printing")
    drain(HAND_OVER)
    order = order_of(printing)

    given = {name: getattr(order, name) for name in ("paper", "ship_to", "needed_by")}
    take(order, "change", people["admin"], copies=40, binding="wire", comment="More guests.", **given)
    drain(HAND_OVER)

    ticket = json.loads((drop / f"{order.name}-ticket.json").read_text())
    assert (ticket["copies"], ticket["binding"], ticket["round"]) == (40, "Wire-O", fresh(order).version - 1)
    assert (fresh(order).status, len(list(drop.iterdir()))) == ("sent", 3)


def test_a_reprint_is_a_further_order_of_the_same_file_with_its_reason(review, people):
    shipped = review("shipped")
    first = order_of(shipped)
    wanted = {"copies": 5, "paper": "silk", "binding": "wire", "ship_to": "Hotel", "needed_by": first.needed_by}

    with pytest.raises(StepBlocked, match="say why once more"):
        order_by_hand(shipped, by=people["admin"], reason="", **wanted)
    again = order_by_hand(shipped, by=people["admin"], reason="Lost in the post.", **wanted)

    assert (again.number, again.file, again.reason) == (2, first.file, "Lost in the post.")
    assert fresh(shipped).status == "shipped"


def test_a_reprint_that_arrives_first_does_not_move_the_review(review, people):
    printing = review("printing")
    wanted = {
        "copies": 5,
        "paper": "silk",
        "binding": "wire",
        "ship_to": "Hotel",
        "needed_by": order_of(printing).needed_by,
    }
    again = order_by_hand(printing, by=people["admin"], reason="For the hotel.", **wanted)

    take(fresh(again), "ship", people["admin"], **SHIPMENT)

    assert (fresh(again).status, fresh(printing).status) == ("shipped", "printing")


def test_a_further_order_takes_the_place_of_one_that_was_recalled(review, people):
    printing = review("printing")
    first = order_of(printing)
    take(first, "recall", people["admin"], comment="The printer closed.")
    wanted = {"copies": 5, "paper": "silk", "binding": "wire", "ship_to": "Hotel", "needed_by": first.needed_by}
    again = order_by_hand(printing, by=people["admin"], reason="Another printer.", **wanted)

    take(fresh(again), "ship", people["admin"], **SHIPMENT)

    assert (fresh(again).status, fresh(printing).status) == ("shipped", "shipped")


def test_no_copies_are_ordered_of_what_is_not_approved(review, people):
    waiting = review("in_approval")

    with pytest.raises(StepBlocked, match="approved document"):
        order_by_hand(waiting, by=people["admin"], reason="", copies=1, ship_to="Here", needed_by=waiting.meeting_on)

    assert PrintOrder.objects.count() == 0


@pytest.mark.demand("R-18")
@pytest.mark.parametrize("days", [5, -3])
def test_the_day_needed_follows_a_moved_meeting_to_the_printer(days, review, drop):
    order = order_of(review("printing"))
    drain(HAND_OVER)
    meeting = order.request.meetings.get()
    moved_to = add_working_days(meeting.on, days)

    planned(meeting, meeting_on=moved_to.isoformat())
    drain(HAND_OVER)

    order = fresh(order)
    ticket = json.loads((drop / f"{order.name}-ticket.json").read_text())
    assert order.needed_by == add_working_days(moved_to, -2)
    assert (order.status, ticket["needed_by"], ticket["round"]) == ("sent", order.needed_by.isoformat(), 3)
    assert order.log().get(step="change").comment == "The meeting was moved."


@pytest.mark.parametrize(("steps", "follows"), [(["printed"], True), (["ship"], True), (["ship", "deliver"], False)])
def test_what_is_printed_or_on_its_way_is_needed_by_the_new_day_as_well(steps, follows, review, drop, people):
    order = order_of(review("printing"))
    for name in steps:
        order = take(order, name, people["admin"], **(SHIPMENT if name == "ship" else {}))
    stood, meeting = order.needed_by, order.request.meetings.get()

    planned(meeting, meeting_on=add_working_days(meeting.on, 5).isoformat())

    assert (fresh(order).needed_by > stood, fresh(order).status) == (follows, order.status)
    assert Handover.objects.filter(order=order).count() == 1


def test_a_day_of_its_own_stays_as_long_as_it_lies_before_the_new_one(review, drop, people):
    order = order_of(review("printing"))
    given = {name: getattr(order, name) for name in ("copies", "paper", "binding", "ship_to")}
    early = add_working_days(order.needed_by, -2)
    order = take(order, "change", people["admin"], **given, needed_by=early, comment="They read it first.")
    meeting = order.request.meetings.get()

    planned(meeting, meeting_on=add_working_days(meeting.on, 3).isoformat())
    later = fresh(order).needed_by
    planned(meeting, meeting_on=add_working_days(meeting.on, -3).isoformat())

    assert later == early
    assert fresh(order).needed_by == add_working_days(fresh(meeting.request).meeting_on, -2) < early
