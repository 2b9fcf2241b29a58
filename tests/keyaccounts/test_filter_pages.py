"""The pages of the filter: the editor of a draft, the lists, one scorecard, and who is let in (K-08, K-09)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from acr_program.workflow.errors import Refused, StepBlocked
from acr_program.workflow.perform import perform
from keyaccounts.actions import filter as editing
from keyaccounts.models import FilterVersion, Score
from tests.exports.reading import body, csv_rows
from tests.factories import fresh, make_user, office, take

from .making import a_membership
from .making_filter import SIMPLE, a_draft, a_filter, a_scorecard, all_judged, computed, judged

pytestmark = pytest.mark.django_db

JUDGED = {"title": "Culture", "kind": "weighted", "weight": "10", "basis": "judged", "guidance": "0: none, 5: all."}
COMPUTED = {
    "title": "Grows", "kind": "must", "basis": "computed", "fact": "growth", "compare": "at_least", "threshold": "5",
}  # fmt: skip

MARKS = re.compile("SAVEPOINT|PRAGMA")
LIMITS = {"publish": 18}  # its own, whether it was tried out, that of the version before, who waits for it


@pytest.fixture
def manager(as_person, people):
    return as_person(people["manager"])


def url(name, *args):
    return reverse(f"keyaccounts:{name}", args=args)


def keys(draft):
    return [one.key for one in fresh(draft).criteria.all()]


def send(client, address, of, **data):
    return client.post(address, {"seen": fresh(of).version, "key": f"{address}{fresh(of).version}", **data})


@pytest.mark.demand("K-09", "features, 65")
def test_a_company_begins_with_a_usual_filter_and_may_publish_it_once_tried(manager, people):
    answer = manager.post(url("begin-filter"), {"key": "one"})

    draft = FilterVersion.objects.get()
    assert answer.url == draft.get_absolute_url()
    assert {one.kind for one in draft.criteria.all()} == {"must", "weighted"}
    assert (draft.most, draft.bar, draft.status) == (100, 60, "draft")
    assert "A sponsor at the customer" in manager.get(answer.url).content.decode()
    assert send(manager, f"{answer.url}steps/try_out/", draft).url == answer.url
    send(manager, f"{answer.url}steps/publish/", draft, comment="Our first filter.")
    assert fresh(draft).status == "published"


@pytest.mark.demand("K-09", "features, 65")
def test_criteria_are_added_changed_moved_and_removed_in_a_draft_and_each_is_logged(manager):
    a_filter()
    draft = a_draft()
    add = url("add-criterion", draft.pk)

    assert send(manager, add, draft, **JUDGED).url == draft.get_absolute_url()
    assert send(manager, add, draft, **COMPUTED).url == draft.get_absolute_url()
    assert keys(draft) == ["sponsor", "potential", "fit", "culture", "grows"]
    row = draft.criteria.get(key="grows")
    assert (row.weight, row.fact, row.compare, row.threshold) == (0, "growth", "at_least", 5)
    send(manager, url("criterion", draft.pk, row.pk), draft, **COMPUTED | {"kind": "weighted", "weight": "20"})
    send(manager, url("move-criterion", draft.pk, row.pk, "up"), draft)
    send(manager, url("remove-criterion", draft.pk, draft.criteria.get(key="culture").pk), draft)
    send(manager, url("filter-bar", draft.pk), draft, bar="70.5")

    assert keys(draft) == ["sponsor", "potential", "fit", "grows"]
    assert (draft.criteria.get(key="grows").weight, str(fresh(draft).bar)) == (20, "70.5")
    told = [entry.comment for entry in draft.log() if entry.comment]
    assert told == ["Added: Culture", "Added: Grows", "Changed: Grows", "Removed: Culture"] or told[::-1] == [
        "Added: Culture", "Added: Grows", "Changed: Grows", "Removed: Culture",
    ]  # fmt: skip
    assert keys(FilterVersion.objects.in_force()) == ["sponsor", "potential", "fit"]


@pytest.mark.demand("K-09")
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (JUDGED | {"weight": ""}, "Say how many points it gives."),
        (JUDGED | {"guidance": ""}, "Say what deserves which score"),
        (COMPUTED | {"threshold": ""}, "Say from where on it is met."),
        (COMPUTED | {"fact": "rfp"}, "That does not fit"),
        (COMPUTED | {"fact": ""}, "This is still missing."),
    ],
)
def test_what_a_criterion_lacks_is_said_beside_it(manager, data, sentence):
    draft = a_draft()

    answer = send(manager, url("add-criterion", draft.pk), draft, **data)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()


@pytest.mark.demand("K-09")
def test_a_bar_that_nobody_reaches_is_refused_and_a_filter_needs_a_criterion(manager, people):
    draft = a_draft()

    assert "nobody could reach this" in send(manager, url("filter-bar", draft.pk), draft, bar="100.1").content.decode()
    empty = a_filter("draft", []) if take(draft, "discard", people["manager"]) else None
    with pytest.raises(StepBlocked, match="The filter has no criterion yet"):
        take(empty, "try_out", people["manager"])


@pytest.mark.demand("K-09", "K-08")
def test_where_must_haves_alone_decide_the_bar_is_nought_and_whoever_meets_them_passes(manager, people):
    draft = take(a_filter("draft", [judged("sponsor")], bar=60), "try_out", people["manager"])
    with pytest.raises(
        StepBlocked, match="No criterion gives points, so that nobody could reach the bar of 60: set it to 0"
    ):
        take(draft, "publish", people["manager"], comment="Must-haves alone.")

    assert send(manager, url("filter-bar", draft.pk), draft, bar="0").url == draft.get_absolute_url()
    take(take(draft, "try_out", people["manager"]), "publish", people["manager"], comment="Must-haves alone.")

    assert [a_scorecard("confirmed", score=score).verdict for score in (3, 2)] == ["passes", "fails"]


@pytest.mark.demand("K-09")
def test_where_criteria_give_points_a_bar_of_nought_is_refused(manager):
    draft = a_draft() if a_filter() else None

    assert "set a bar above it" in send(manager, url("filter-bar", draft.pk), draft, bar="0").content.decode()


@pytest.mark.demand("K-09")
@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2999-01-01"])
def test_a_day_on_which_nothing_is_on_file_is_said_to_be_none(manager, day):
    page = manager.get(url("backtest", a_draft().pk), {"on": day})

    assert page.status_code == 200
    assert ("still to come" if day > "2" else "so early a day") in page.content.decode()


@pytest.mark.demand("K-09")
def test_an_edit_after_the_try_out_asks_for_another(people):
    draft = take(a_draft(), "try_out", people["manager"])
    editing.set_bar(draft, by=people["manager"], seen=draft.version, bar=50)

    with pytest.raises(StepBlocked, match="Try it out on past decisions first"):
        take(draft, "publish", people["manager"], comment="Lower.")


@pytest.mark.demand("K-09")
def test_there_is_one_draft_and_what_is_published_is_not_edited(manager, people):
    version = a_filter()
    draft = a_draft()
    with pytest.raises(Refused, match="There is a draft already"):
        editing.begin_draft(by=people["manager"])
    with pytest.raises(Refused, match="is no draft any more"):
        editing.add(version, by=people["manager"], seen=version.version, **JUDGED)

    assert (
        send(manager, url("criterion", version.pk, version.criteria.first().pk), version, **JUDGED).status_code == 409
    )
    assert url("begin-filter") not in manager.get(url("filters")).content.decode()
    assert draft.number == version.number + 1


@pytest.mark.demand("K-09")
def test_two_people_at_one_draft_do_not_overwrite_each_other(manager):
    draft = a_draft()
    seen = draft.version
    send(manager, url("add-criterion", draft.pk), draft, **JUDGED)

    late = manager.post(url("add-criterion", draft.pk), {"seen": seen, "key": "late", **COMPUTED})

    assert late.status_code == 409
    assert "This has changed since you opened it" in late.content.decode()


@pytest.mark.demand("K-09", "K-08")
def test_filters_are_read_by_the_office_auditors_and_executives_and_written_by_the_manager(as_person, people):
    draft = a_draft()
    pages = [url("filters"), draft.get_absolute_url(), url("backtest", draft.pk), url("scorecards")]
    writes = [url("add-criterion", draft.pk), url("filter-bar", draft.pk)]

    for role, reads, edits in (
        ("manager", {200}, {200}), ("admin", {200}, {403}), ("auditor", {200}, {403}), ("executive", {200}, {403}),
        ("leader", {403, 404}, {403}), ("rep", {403, 404}, {403}), ("contributor", {403, 404}, {403}),
    ):  # fmt: skip
        client = as_person(make_user(role))
        assert {client.get(page).status_code for page in pages} == reads, role
        assert {client.get(page).status_code for page in writes} == edits, role


@pytest.mark.demand("K-08")
def test_a_nomination_is_scored_on_its_pages_from_the_beginning_to_its_passing(manager, people):
    a_filter()
    membership = a_membership()
    page = manager.get(membership.get_absolute_url()).content.decode()
    assert url("begin-scorecard", membership.pk) in page

    answer = manager.post(url("begin-scorecard", membership.pk), {"key": "begin"})
    card = fresh(membership).scorecard
    assert answer.url == card.get_absolute_url()
    for line in manager.get(answer.url).context["page"].card.lines:
        address = url("judge-criterion", card.pk, line.criterion.pk)
        assert line.criterion.guidance in manager.get(address).content.decode()
        send(manager, address, card, score="4", why="As we know them.")
    send(manager, f"{card.get_absolute_url()}steps/confirm/", card)
    shown = manager.get(card.get_absolute_url()).content.decode()

    assert f"{membership.get_absolute_url()}steps/pass_filter/" in shown
    assert "As we know them." in shown
    assert "80 points, at a bar of 60" in shown
    assert "It passes the first filter" in manager.get(membership.get_absolute_url()).content.decode()


@pytest.mark.demand("K-08")
def test_a_score_needs_its_reason_and_a_number(manager):
    card = a_scorecard()
    address = url("judge-criterion", card.pk, card.filter.criteria.first().pk)

    assert send(manager, address, card, score="6", why="So.").status_code == 400
    assert send(manager, address, card, score="4", why="").status_code == 400
    assert Score.objects.count() == 0


@pytest.mark.demand("K-08")
def test_a_scorecard_is_read_by_the_accounts_own_manager_and_nobody_beside(as_person, people):
    card = a_scorecard("confirmed")
    own = as_person(card.membership.account.manager)

    page = own.get(card.get_absolute_url())

    assert page.status_code == 200
    assert "steps/pass_filter" not in page.content.decode()
    assert url("filter", card.filter.pk) not in page.content.decode()
    assert as_person(make_user("rep")).get(card.get_absolute_url()).status_code == 404


@pytest.mark.demand("K-08")
def test_scorecards_are_listed_narrowed_and_exported(manager):
    passed, failed = a_scorecard("passed"), a_scorecard("failed")
    page = manager.get(url("scorecards"), {"verdict": "fails"})

    text = page.content.decode()
    assert failed.membership.account.name in text
    assert passed.membership.account.name not in text
    answer = manager.post(page.context["page"].export_url, {"as": "csv"})
    head, *rows = csv_rows(body(answer))
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(row["Account"], row["Must-haves not met"]) for row in told] == [
        (failed.membership.account.name, "Sponsor")
    ]


def test_pages_and_lists_ask_no_more_for_more_rows(manager):
    a_filter(criteria=[*SIMPLE, computed("money", "net", "at_least", 1000, weight=5)])
    open_ = all_judged(a_scorecard())
    for _ in range(2):
        a_scorecard("passed")
    draft = a_draft()
    manager.get(url("filters"))
    spent = {}

    for address, most in (
        (url("filters"), 8), (url("scorecards"), 8), (draft.get_absolute_url(), 15), (url("backtest", draft.pk), 15),
        (open_.get_absolute_url(), 15), (open_.membership.get_absolute_url(), 15),
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert manager.get(address).status_code == 200
        asked = [query["sql"] for query in queries.captured_queries if not MARKS.search(query["sql"])]
        spent |= {address: asked} if len(asked) > most else {}

    assert spent == {}


def test_steps_cost_no_more_than_a_click_may(people):
    manager = office("manager")
    card = all_judged(a_scorecard())
    draft = a_draft()
    spent = {}

    for of, name, data in (
        (card, "confirm", {}), (card.membership, "pass_filter", {}), (draft, "try_out", {}),
        (draft, "publish", {"comment": "Anew."}),
    ):  # fmt: skip
        of = fresh(of)
        with CaptureQueriesContext(connection) as queries:
            perform(of, name, by=manager, seen=of.version, **data)
        spent[name] = len([query for query in queries.captured_queries if "SAVEPOINT" not in query["sql"]])

    assert {name: cost for name, cost in spent.items() if cost > LIMITS.get(name, 15)} == {}, spent
