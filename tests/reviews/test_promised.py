"""This year's document says what became of last year's promises, failures included, and what is undertaken now."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from acr_program.render.schema import check
from reviews.compiler import inputs_of
from reviews.models import Document
from tests.factories import make_account, make_function, make_request, make_template, make_user, make_year, office, take

from .promises import a_follow_up, commit, year_before

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-25", "features, 63")]


@pytest.fixture
def owner():
    return make_user("contributor", name="Odo Owner")


@pytest.fixture
def compiled():
    """The section of this kind as this year's document of the account has it, checked as the rendering checks it."""

    def make(account, kind="follow", issues=()):
        template = make_template(sections=1)
        template.sections.filter(kind="input").update(kind="commitments")
        function = make_function() if issues else None
        template.sections.create(place=9, key="followups", title="What came of it", kind="follow", function=function)
        request = make_request("gathering", account=account, year=make_year())
        for part in request.contributions.select_related("section", "contributor"):
            lines = list(issues) if part.section.kind == "follow" else [commit(), commit("Buy more.", "", side="you")]
            take(part, "submit", part.contributor, text="Ahead.", lines=lines)
            take(part, "accept", office("admin"))
        full = check(inputs_of(Document.objects.get(request=request)))
        return next(section for section in full["sections"] if section["kind"] == kind)

    return make


@pytest.fixture
def last_year():
    """A review that the customer got last year, for the same audience."""
    return make_request("delivered", account=make_account(), year=year_before("2019"))


def said(section):
    return [(one["what"], one["who"], one["outcome"], one["text"]) for one in section["outcomes"]]


def test_every_outcome_of_last_year_is_told(last_year, owner, compiled):
    past = localdate() - timedelta(days=10)
    a_follow_up(owner, "done", request=last_year, what="Kept")
    late = a_follow_up(owner, request=last_year, what="Kept late", due_on=past)
    take(late, "finish", owner, outcome="Two weeks behind.", ended_on=localdate())
    a_follow_up(owner, "dropped", request=last_year, what="Not done")
    a_follow_up(owner, request=last_year, what="Still out", due_on=past)
    a_follow_up(owner, "in_progress", request=last_year, what="Under way", due_on=localdate() + timedelta(days=40))

    section = compiled(last_year.account)

    assert said(section) == [
        ("Kept late", "Odo Owner", "late", "Two weeks behind."),
        ("Still out", "Odo Owner", "open", "It is late, and carried over."),
        ("Kept", "Odo Owner", "done", "Walked in February."),
        ("Not done", "Odo Owner", "dropped", "Closed."),
        ("Under way", "Odo Owner", "open", "It is not due yet, and carried over."),
    ]
    assert section["absent"] == ""


def test_a_first_review_says_that_there_is_nothing_to_look_back_on(compiled):
    account = make_account(name="Fresh & Co.")

    section = compiled(account)

    assert said(section) == []
    assert section["absent"] == "This is the first review of Fresh & Co.: no commitment stands from a year before."


def test_a_review_before_that_promised_nothing_says_so(last_year, compiled):
    section = compiled(last_year.account)

    assert section["absent"] == "The review of 2019 made no commitment that could be followed up."


def test_what_is_older_comes_along_while_it_is_open_or_ended_since(owner, compiled):
    account = make_account()
    older = make_request("delivered", account=account, year=year_before("2018"))
    a_follow_up(owner, request=older, what="Open for two years")
    ended = a_follow_up(owner, request=older, what="Told of already")
    take(ended, "finish", owner, outcome="Long ago.", ended_on=localdate() - timedelta(days=30))
    make_request("delivered", account=account, year=year_before("2019"))

    section = compiled(account)

    assert [what for what, _who, _how, _text in said(section)] == ["Open for two years"]


def test_another_audience_or_account_is_not_looked_at(owner, compiled):
    account = make_account()
    other = make_request("delivered", account=account, audience="operational", year=year_before("2019"))
    a_follow_up(owner, request=other)
    a_follow_up(owner, request=make_request("delivered", year=year_before("2019")))

    section = compiled(account)

    assert said(section) == []


def test_open_issues_of_a_contributor_stand_after_the_follow_ups(last_year, owner, compiled):
    a_follow_up(owner, "done", request=last_year, what="Kept")
    issue = {"what": "Credit of May", "who": "Femi", "due_on": None, "state": "late", "outcome": "Ten days late."}

    section = compiled(last_year.account, issues=[issue])

    assert section["html"] == "<p>Ahead.</p>"
    assert said(section)[1] == ("Credit of May", "Femi", "late", "Ten days late.")
    assert section["origin"]["source"] == f"Follow-ups of R{last_year.pk}; open issues by a contributor"


def test_the_commitments_of_both_sides_stand_in_the_document_as_entered(compiled):
    section = compiled(make_account(), kind="commitments")

    day = (localdate() + timedelta(days=90)).isoformat()
    assert section["html"] == "<p>Ahead.</p>"
    assert [(c["side"], c["what"], c["who"], c["due"]) for c in section["commitments"]] == [
        ("us", "Report on-time shipment.", "Rita Rep", day), ("you", "Buy more.", "", day),
    ]  # fmt: skip
