"""The ranked list, account managers, contributing functions, and the report for the sponsors (P-21 to P-23, feature 81)."""

import pytest

from acr_program.charter.models import Function, Program
from acr_program.exports.models import Export
from pilots.choices import Evidence
from pilots.ranking import reason_of
from pilots.reporting import as_html
from tests.exports.reading import body, csv_rows
from tests.factories import fresh, make_account, make_function, make_request, take
from tests.piloting import give_feedback, make_candidate, make_finding, make_wave, pass_all, turned

pytestmark = pytest.mark.django_db


@pytest.fixture
def ranked(people):
    """Five of one wave: one that passes well, one that just passes, one with a weak manager, one not judged, one out."""
    wave = make_wave()
    best, fair, weak, new, out = [
        make_candidate(wave=wave, name=name) for name in ("Best", "Fair", "Weak", "New", "Out")
    ]
    pass_all(best, score=5)
    pass_all(fair, score=3)
    take(pass_all(weak, but=(Evidence.PLAN,)), "rate", weak.manager.reports_to, score=2, words="From week to week.")
    take(out, "disqualify", people["manager"], criterion="Success has been shown", comment="Nothing is known.")
    return fresh(wave), [fresh(one) for one in (best, fair, weak, new, out)]


@pytest.mark.demand("P-22", "P-15", "features, 81")
def test_candidates_are_ranked_with_a_reason_each(ranked):
    wave, candidates = ranked

    rows = list(wave.candidates.for_page().with_rank().with_cards().ranked())

    assert [(row.rank, row.account.name) for row in rows] == list(enumerate(["Best", "Fair", "Weak", "New", "Out"], 1))
    assert [reason_of(row).split(",")[0].split(":")[0] for row in rows] == [
        "Both scorecards pass", "Both scorecards pass", "The account passes and needs another manager",
        "0 of 25 so far; still to be judged", "Disqualified",
    ]  # fmt: skip
    assert candidates[4].reason == "Success has been shown: Nothing is known."


@pytest.mark.demand("P-22")
def test_the_ranked_list_is_exported_with_the_reasons(people, as_person, ranked):
    wave, _candidates = ranked
    manager = as_person(people["manager"])
    page = manager.get(f"{wave.get_absolute_url()}candidates/")

    answer = manager.post(page.context["page"].export_url, {"as": "csv"})

    head, *rows = csv_rows(body(answer))
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(row["Rank"], row["Account"]) for row in told] == [
        (str(n), name) for n, name in enumerate(["Best", "Fair", "Weak", "New", "Out"], 1)
    ]
    assert [row["Why it stands there"] for row in told] == [
        reason_of(one) for one in wave.candidates.for_page().with_cards().ranked()
    ]


@pytest.mark.demand("P-21")
def test_account_managers_with_skills_accounts_ratings_and_reviews(people, as_person):
    candidate = pass_all(make_candidate("proposed"))
    make_request("closed", account=candidate.account)
    person, manager = candidate.manager, as_person(people["manager"])

    manager.post(
        f"/pilots/managers/{person.pk}/skills/", {"seen": Program.objects.get().version, "skills": "Speaks Portuguese."}
    )

    row = next(row for row in manager.get("/pilots/managers/").context["page"].objects if row.pk == person.pk)
    assert (row.skills, row.accounts_held, row.reviews_held, row.rating) == ("Speaks Portuguese.", 1, 1, 4.0)
    assert "Speaks Portuguese." in manager.get(f"/people/{person.pk}/").content.decode()
    assert as_person(person).get("/pilots/managers/").status_code == 403
    assert "skills" in Program.objects.get().log().last().changed


@pytest.mark.demand("P-23")
def test_contributing_functions_are_shown_with_whether_somebody_is_engaged(people, as_person):
    make_function("marketing", people["contributor"])

    make_wave()
    make_wave()

    assert sorted(Function.objects.values_list("name", flat=True)) == ["Product management", "marketing"]

    page = as_person(people["manager"]).get("/pilots/").content.decode()

    part = page[page.index('id="functions"') :]
    assert part.index("Product management") < part.index("Nobody yet") < part.index("marketing")
    assert part.index("marketing") < part.index(people["contributor"].name)


@pytest.mark.demand("issue 8, report")
def test_the_report_says_who_took_part_what_was_rated_said_found_and_decided(people, as_person):
    pilot = give_feedback(make_candidate("active"))
    make_finding("decided", pilot.wave, words="The form asks for the address twice.")

    page = as_html(type(pilot.wave).objects.for_page().get(pk=pilot.wave_id), people["manager"])
    answer = as_person(people["manager"]).post(f"{pilot.wave.get_absolute_url()}report/")

    assert answer.status_code == 302
    assert Export.objects.get().list_name == "pilot-report"
    for words in (
        pilot.account.name, "It did what it should.", "“We see ourselves in it.”", "They talk to us earlier.",
        "The form asks for the address twice.", "Fix now",
    ):  # fmt: skip
        assert words in page


@pytest.mark.demand("issue 8, report")
def test_the_report_names_whoever_left_and_why(people):
    pilot = make_candidate("withdrawn")

    page = as_html(type(pilot.wave).objects.for_page().get(pk=pilot.wave_id), people["manager"])

    assert pilot.account.name in page
    assert "They were bought by another company." in page


@pytest.mark.demand("P-04")
def test_the_accounts_own_page_says_in_which_wave_it_is_and_what_turned(people, as_person):
    pilot = make_candidate("active")
    turned(pilot.account, "rfp")

    page = as_person(people["manager"]).get(pilot.account.get_absolute_url()).content.decode()

    part = page[page.index('id="pilots"') :]
    assert pilot.wave.name in part
    assert "Flagged" in part


@pytest.mark.demand("P-04")
def test_accounts_to_propose_are_found_by_name_and_a_page_holds_fifty(people, as_person):
    wave = make_wave()
    manager = make_account(name="Zülke Mühlen").manager
    for number in range(55):
        make_account(name=f"Mill {number:02}", manager=manager)
    client, page = as_person(people["manager"]), f"/pilots/{wave.pk}/propose/"

    whole = client.get(page).content.decode()
    narrowed = client.get(page, {"q": "zulke"}).content.decode()
    nothing = client.get(page, {"q": "nowhere"}).content.decode()

    assert whole.count('name="accounts"') == 50
    assert "There are more: find them by name." in whole
    assert (narrowed.count('name="accounts"'), "Zülke Mühlen" in narrowed) == (1, True)
    assert "No customer that is not in the wave yet is found by this name." in nothing


def test_an_account_beyond_the_page_is_proposed_all_the_same_and_is_shown_ticked_after_an_error(people, as_person):
    wave = make_wave()
    last = [make_account(name=f"Mill {number:02}") for number in range(52)][-1]
    client, page = as_person(people["manager"]), f"/pilots/{wave.pk}/propose/"

    wrong = client.post(page, {"accounts": [last.pk, 10**9], "key": "one"})
    right = client.post(page, {"accounts": [last.pk], "key": "two"})

    assert f'value="{last.pk}" ' in wrong.content.decode()
    assert "Mill 51" in wrong.content.decode()
    assert (right.status_code, [row.account for row in wave.candidates.all()]) == (302, [last])
