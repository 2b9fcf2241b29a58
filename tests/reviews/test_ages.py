"""Since when a thing is in its state stands in its list, and in red once it is late (feature 19)."""

import pytest

from tests.desk.asking import text
from tests.exports.reading import csv_rows
from tests.factories import make_account, make_request, office, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(people):
    return make_request("submitted", account=make_account(manager=people["rep"]))


def test_a_list_says_since_when_a_request_is_in_its_state(review, people, as_person, later):
    fresh_page = text(as_person(people["rep"]).get("/reviews/"))
    later(days=12)

    assert "since today" in fresh_page
    assert "12 days" in text(as_person(people["rep"]).get("/reviews/"))


def test_a_step_begins_the_count_anew(review, people, as_person, later):
    later(days=5)
    take(review, "send_back", office("admin"), comment="The goal is missing.")
    later(days=2)

    page = text(as_person(people["rep"]).get("/reviews/"))

    assert "2 days" in page
    assert "7 days" not in page


@pytest.mark.demand("features, 19")
def test_what_is_late_is_marked(review, people, as_person, later):
    def marked():
        return '<span class="toned" data-tone="bad">' in as_person(people["rep"]).get("/reviews/").content.decode()

    before = marked()
    later(days=80)

    assert not before
    assert marked()


def test_an_export_has_the_moment_itself(review, people, as_person):
    answer = as_person(people["rep"]).post("/exports/requests/", {"as": "csv"})
    rows = csv_rows(b"".join(answer.streaming_content))

    moment = review.log().last().at
    assert rows[1][rows[0].index("In this state")] == moment.strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(("url", "who"), [("/reviews/sections/", "contributor"), ("/reviews/approvals/", "leader")])
def test_sections_and_approvals_say_it_too(url, who, people, as_person, later):
    from tests.factories import make_template

    make_template(contributors=(people["contributor"],), sections=1)
    make_request("approved", account=make_account(manager=people["rep"]), sections=1)
    later(days=3)

    assert "3 days" in text(as_person(people[who]).get(url))
