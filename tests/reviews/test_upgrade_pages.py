"""The page on which the office looks at a newer template and takes it, for one review and for many at once (R-04)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from acr_program.bulk.models import Bulk
from acr_program.jobs.work import drain
from reviews.models import ReviewRequest
from tests.factories import fresh, make_function, make_request, make_template, make_user, office, take
from tests.reviews.newer import a_newer
from tests.reviews.work import RECORD, page_of, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-04")]
TOLD = "Version 2 of the template is published."


def url(request: ReviewRequest) -> str:
    return reverse("reviews:upgrade", args=[request.pk])


def shown(request: ReviewRequest, person: Any = None) -> str:
    return signed_in(person or office("admin")).get(url(request)).content.decode()


def changed() -> ReviewRequest:
    """A review whose template has gone on: one section more, one less, another letter."""
    request = make_request("gathering")
    a_newer(
        without=("part-3",), add=({"key": "quality", "function": make_function("Quality")},),
        change={"letter": {"body": "We thank you."}},
    )  # fmt: skip
    return fresh(request)


def test_its_page_says_that_a_newer_version_exists_and_leads_the_office_there():
    request = changed()

    office_sees, rep_sees = page_of(office("admin"), request), page_of(request.rep, request)

    assert TOLD in office_sees
    assert url(request) in office_sees
    assert TOLD in rep_sees
    assert url(request) not in rep_sees


def test_where_there_is_none_nothing_is_said_of_it():
    request = make_request("gathering")

    assert "newer" not in page_of(office("admin"), request)
    assert "There is no newer version" in shown(request)


def test_once_leaders_read_it_nothing_is_offered_any_more():
    request = make_request("in_approval")
    a_newer()

    assert TOLD not in page_of(office("admin"), request)
    assert "it stays with version 1" in shown(request)
    assert "Take version 2" not in shown(request)


def test_the_page_shows_what_differs_and_what_would_happen():
    request = changed()

    page = shown(request)

    assert "<del>Thank</del><ins>We thank</ins> you." in page
    assert "Section removed" in page
    assert "Section added" in page
    quality = request.newer_template.sections.get(key="quality").function.contributor
    assert f"Quality, of {quality.name}, by" in page
    assert "Version 2 of the template does not ask for this section any more." in page


def test_it_is_taken_in_one_click_from_there():
    request = changed()
    client = signed_in(office("manager"))
    page = client.get(url(request))
    form = page.context["page"].form
    sent = {"seen": request.version, "key": "k1", "to": form.initial["to"].pk}

    answer = client.post(f"{request.get_absolute_url()}steps/upgrade/", sent, follow=True)

    assert fresh(request).template.number == 2
    assert "The review goes on with the newer template" in answer.content.decode()
    assert TOLD not in answer.content.decode()


def test_another_version_published_meanwhile_is_shown_in_place_of_the_one_that_was():
    request = changed()
    old = request.newer_template
    a_newer()

    answer = signed_in(office("admin")).post(
        f"{request.get_absolute_url()}steps/upgrade/", {"seen": request.version, "to": old.pk}
    )

    assert answer.status_code == 400
    assert "Another version of the template was published since you looked." in answer.content.decode()
    assert "From version 1 to version 3" in answer.content.decode()
    assert fresh(request).template.number == 1


def test_what_has_too_many_words_for_the_newer_version_is_kept_and_named():
    request = make_request("gathering")
    section = request.contributions.get(section__key="part-2")
    take(section, "submit", section.contributor, text="one two three four")
    a_newer(change={"part-2": {"max_words": 3}})

    assert "“Part 2” is kept with 4 words, where the newer version takes 3" in shown(fresh(request))


def test_a_draft_says_when_it_gets_its_template():
    assert "begins with the published version" in shown(make_request("draft"))


@pytest.mark.parametrize("role", ["rep", "leader", "auditor", "executive"])
def test_the_page_is_the_offices(role: str):
    request = changed()
    person = {"rep": request.rep, "leader": request.rep.reports_to}.get(role) or make_user(role)

    assert signed_in(person).get(url(request)).status_code == 403


def test_the_pages_cost_what_pages_may():
    make_template(sections=8)
    request = make_request("gathering")
    more = tuple({"key": f"more-{n}", "function": make_function()} for n in range(4))
    a_newer(without=("part-2", "part-3", "part-4"), add=more)

    assert queries_of(signed_in(office("admin")), url(request)) <= RECORD
    assert queries_of(signed_in(office("admin")), request.get_absolute_url()) <= RECORD


# Many at once


def choose(rows: list[ReviewRequest], person: Any = None) -> Bulk:
    client = signed_in(person or office("admin"))
    answer = client.post("/bulk/of/requests/", {"step": "reviews.upgrade", "pick": [row.pk for row in rows]})
    return Bulk.objects.get(pk=answer.url.split("/")[2])


def go(bulk: Bulk, person: Any = None) -> list[tuple[str, str]]:
    signed_in(person or office("admin")).post(f"/bulk/{bulk.pk}/confirm/")
    drain(["bulk.BulkRun"])
    return [(row.outcome, row.says) for row in bulk.rows.order_by("place")]


def test_many_are_looked_at_row_by_row_and_then_taken():
    first, approved, working = make_request("gathering"), make_request("in_approval"), make_request("changes_requested")
    a_newer(without=("part-3",), add=({"key": "quality", "function": make_function("Quality")},))

    bulk = choose([first, approved, working])
    looked = {row.object_id: (row.outcome, row.says) for row in bulk.rows.all()}

    says = "to version 2, 1 section asked for, 1 kept, 1 given up"
    assert looked == {
        first.pk: ("open", says),
        working.pk: ("open", says),
        approved.pk: ("shut", "Only a review whose content is still open takes a newer template: In approval."),
    }
    assert fresh(first).template.number == 1
    go(bulk)
    assert [fresh(one).template.number for one in (first, approved, working)] == [2, 1, 2]


def test_a_row_that_has_moved_on_and_a_version_that_was_published_since_are_refused():
    first, second = make_request("gathering"), make_request("gathering")
    a_newer()
    bulk = choose([first, second])
    take(first, "cancel", first.rep, comment="Other plans.")
    a_newer()

    told = dict(go(bulk))

    assert list(told) == ["refused"]
    assert [fresh(one).template.number for one in (first, second)] == [1, 1]
    assert "Another version was published since these were looked at." in " ".join(
        bulk.rows.values_list("says", flat=True)
    )


def test_only_the_office_is_offered_it():
    request = changed()

    for person, offered in ((office("admin"), True), (office("manager"), True), (request.rep, False)):
        steps = [step.name for step in signed_in(person).get("/reviews/").context["page"].bar.steps]
        assert ("reviews.upgrade" in steps) is offered


def test_looking_at_many_costs_what_looking_at_few_costs():
    requests = [make_request("gathering") for _ in range(6)]
    a_newer(without=("part-3",))
    costs = []
    for rows in (requests[:2], requests):
        with CaptureQueriesContext(connection) as queries:
            choose(rows)
        costs.append(len(queries))

    assert costs[0] == costs[1]
