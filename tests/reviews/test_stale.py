"""Standard text that nobody's word keeps fresh is marked wherever it is used, and compiled by waiver alone (R-03, R-09, M12)."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils.timezone import localdate, now

from acr_program.workflow.errors import Refused, StepBlocked
from reviews.actions.deviating import propose
from reviews.actions.waiving import go_on, waive
from reviews.models import Revision
from reviews.quarters import fresh_until
from tests.factories import fresh, make_function, office, take
from tests.reviews.library import a_library, let_go_stale, the_text
from tests.reviews.test_deviations import a_review, finish, proposed, text_of
from tests.reviews.work import answer, page_of, rendered, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("confirmed", "until"),
    [
        ("2026-01-01", "2026-06-30"),
        ("2026-03-31", "2026-06-30"),
        ("2026-04-01", "2026-09-30"),
        ("2026-12-31", "2027-03-31"),
    ],
)
def test_a_word_lasts_until_the_end_of_the_quarter_that_is_asked_next(confirmed, until):
    assert fresh_until(date.fromisoformat(confirmed)) == date.fromisoformat(until)


def test_a_word_for_the_next_quarter_lasts_as_long_as_if_it_were_said_in_it():
    assert fresh_until(date(2026, 12, 18), date(2027, 1, 1)) == date(2027, 6, 30)


@pytest.mark.parametrize(("days", "stale"), [(0, False), (-1, True)])
def test_text_is_stale_the_day_after_and_use_confirms_nothing(days, stale):
    request = a_review()
    confirmed = localdate() - timedelta(days=100)
    until = localdate() + timedelta(days=days)
    Revision.objects.filter(item__key="ordering").update(confirmed_on=confirmed, fresh_until=until)
    if stale:
        waive(request, the_text().pk, by=office("manager"), reason="It was looked at last week.")

    finish(request)

    origin = text_of(request)["origin"]
    assert origin["confirmed"] == confirmed.isoformat()
    assert ("stale" in origin) is stale
    assert (the_text().confirmed_on, the_text().fresh_until) == (confirmed, until)


@pytest.mark.demand("R-09")
def test_a_required_stale_text_keeps_the_document_from_being_compiled_and_says_who_can_help():
    request = a_review()
    owner = the_text().item.owner
    let_go_stale()
    finish(request)

    assert fresh(request).status == "gathering"
    with pytest.raises(StepBlocked, match=f"“Ordering” \\({owner.name}\\).*waives that for this review"):
        take(request, "start_compiling", office("admin"))
    page = page_of(office("manager"), fresh(request))
    assert "Standard texts without a fresh word" in page
    assert f"/stale/{the_text().pk}/" in page
    assert f"/stale/{the_text().pk}/" not in page_of(office("admin"), fresh(request))


def test_the_managers_waiver_lets_it_go_with_the_reason_on_the_review():
    request = a_review()
    let_go_stale()
    finish(request)
    url = f"{request.get_absolute_url()}stale/{the_text().pk}/"
    manager = signed_in(office("manager"))

    assert manager.post(url, {"reason": "", "key": "k0"}).status_code == 400
    for _click in range(2):
        manager.post(url, {"reason": "The plant is being moved.", "key": "k1"})

    assert fresh(request).status == "compiling"
    entries = [
        entry for entry in fresh(request).log().filter(step="edit") if "stale_waivers" in entry.detail.data["changed"]
    ]
    assert [entry.comment for entry in entries] == ["The plant is being moved."]
    assert "stale" in text_of(request)["origin"]
    assert fresh(request).stale_waivers.count() == 1


def test_nobody_else_waives_and_nothing_fresh_is_waived():
    request = a_review()
    with pytest.raises(Refused, match="nothing has to be waived"):
        waive(request, the_text().pk, by=office("manager"), reason="x")
    let_go_stale()
    with pytest.raises(PermissionDenied):
        waive(request, the_text().pk, by=office("admin"), reason="x")
    assert signed_in(office("admin")).get(f"{request.get_absolute_url()}stale/{the_text().pk}/").status_code == 403


def test_an_optional_stale_text_and_one_that_is_deviated_from_hold_nothing_up():
    optional, other = a_review(), a_review()
    optional.template.sections.filter(key="ordering").update(required=False)
    take(proposed(other), "allow", office("manager"))
    let_go_stale()

    finish(optional)
    finish(other)

    assert (fresh(optional).status, fresh(other).status) == ("compiling", "compiling")


def test_a_word_that_it_holds_lets_every_review_go_on_that_waited_for_it():
    request = a_review()
    let_go_stale()
    finish(request)
    take(the_text(), "confirm", office("manager"))

    go_on(now())

    assert fresh(request).status == "compiling"
    assert the_text().confirmed_on == localdate()


def test_stale_text_is_marked_on_the_documents_page():
    request = a_review()
    let_go_stale()
    waive(request, the_text().pk, by=office("manager"), reason="It holds.")
    finish(request)

    document = rendered(request)

    assert [one.key for one in signed_in(office("admin")).get(document.get_absolute_url()).context["page"].marked] == [
        "ordering"
    ]
    assert "Nobody has confirmed this text since" in page_of(office("admin"), document)


def test_a_text_that_was_never_confirmed_is_stale():
    request = a_review()
    let_go_stale(days=0)
    waive(request, the_text().pk, by=office("manager"), reason="It is new.")

    finish(request)

    assert text_of(request)["origin"]["stale"] == "Nobody has confirmed this text so far."


def test_the_answer_of_a_contributor_is_no_standard_text():
    request = a_review()

    with pytest.raises(Refused, match="Only standard text"):
        propose(request, request.template.sections.get(kind="input"), by=request.rep, text="x", reason="y")
    answer(request, "We kept our word.")
    assert fresh(request).status == "compiling"


@pytest.mark.parametrize("who", ["admin", "manager"])
def test_the_office_says_that_a_text_still_holds(who):
    a_review()
    let_go_stale()
    revision = the_text()
    url = f"{revision.get_absolute_url()}steps/confirm/"

    for _click in range(2):
        signed_in(office(who)).post(url, {"key": "k1", "seen": revision.version})

    assert the_text().confirmed_on == localdate()
    assert the_text().log().filter(step="confirm").count() == 1


def test_a_leader_confirms_nothing_and_its_owner_does(people):
    a_library(function=make_function("Logistics", people["contributor"]))
    url = f"{the_text().get_absolute_url()}steps/confirm/"

    assert signed_in(office("leader")).post(url, {"key": "k1", "seen": 1}).status_code == 403
    assert signed_in(people["second contributor"]).post(url, {"key": "k1", "seen": 1}).status_code == 403
    taken = signed_in(people["contributor"]).post(url, {"key": "k2", "seen": the_text().version})
    assert taken.status_code == 302


# What is stale by a day that is still ahead


@pytest.mark.demand("M12")
def test_what_will_be_stale_on_a_meetings_day_is_known_and_asking_changes_nothing():
    request = a_review()
    until = request.meeting_on - timedelta(days=1)
    Revision.objects.filter(item__key="ordering").update(fresh_until=until)
    before = list(Revision.objects.order_by("pk").values())

    said = StringIO()
    call_command("freshness", "--as-of", request.meeting_on.isoformat(), stdout=said)
    page = signed_in(office("manager")).get("/reviews/library/forecast/", {"on": request.meeting_on.isoformat()})
    own = page_of(office("admin"), request)

    assert "“Ordering”, Executive" in said.getvalue()
    assert "1 stale on" in said.getvalue()
    assert [one.item.key for one in page.context["rows"]] == ["ordering"]
    assert [one.pk for one in page.context["meetings"]] == [request.pk]
    assert "these will be stale as well" in own
    assert list(Revision.objects.order_by("pk").values()) == before


def test_a_day_before_nothing_is_stale():
    request = a_review()
    Revision.objects.update(fresh_until=request.meeting_on)
    said = StringIO()
    call_command("freshness", "--as-of", request.meeting_on.isoformat(), stdout=said)
    assert said.getvalue().startswith("Every text in use is fresh")


def test_a_day_that_is_none_is_refused_in_words():
    page = signed_in(office("manager")).get("/reviews/library/forecast/", {"on": "soon"})
    assert page.status_code == 400
    assert "This is no date." in page.content.decode()
