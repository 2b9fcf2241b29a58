"""Judging candidates: evidence of the kind that each criterion demands, versions of criteria, two scorecards (P-04 to P-15)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils.timezone import localdate, now

from accounts.actions import change, end_fact
from acr_program.desk.beside.attaching import attach
from acr_program.workflow.errors import StepBlocked
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import offers
from acr_program.workflow.seals import verify
from pilots.actions import criteria
from pilots.actions.following import grow_older
from pilots.choices import Evidence, Tier
from pilots.models import Judgement
from pilots.pages.candidate_page import CandidatePage
from pilots.scorecard import older_than_a_year, scorecard
from tests.factories import fresh, make_user, take
from tests.piloting import make_candidate, make_wave, pass_all, turned


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


def line(candidate, evidence):
    return next(one for one in scorecard(fresh(candidate)).lines if one.criterion.evidence == evidence)


@pytest.mark.demand("P-04", "P-15")
def test_a_candidate_is_qualified_once_both_scorecards_pass(people):
    candidate = make_candidate()
    with pytest.raises(StepBlocked, match="Both scorecards have to pass: “Potential is identified” is not judged yet"):
        take(candidate, "qualify", people["manager"])

    qualified = take(pass_all(candidate), "qualify", people["manager"])

    assert (qualified.status, qualified.tier, qualified.score) == ("qualified", Tier.PASSES, 20)
    assert (qualified.decided_by, qualified.decided_on) == (people["manager"], localdate())
    assert (qualified.country, qualified.theater) == ("Germany", "EMEA")


def test_the_page_names_what_is_still_awaited_and_then_the_step_that_leads_on(people):
    candidate = make_candidate()
    awaited = CandidatePage(candidate, people["manager"]).next

    passed = pass_all(candidate)

    assert awaited == f"Next: Say whether you will give feedback. It is for {candidate.manager.name}."
    assert CandidatePage(passed, people["manager"]).next.startswith("Next: Qualify. It is for ")


@pytest.mark.demand("P-15")
def test_the_best_account_with_a_weak_manager_needs_another_manager(people):
    candidate = pass_all(make_candidate(), but=(Evidence.PLAN,))

    weak = take(candidate, "rate", candidate.manager.reports_to, score=2, words="Plans from week to week.")

    assert weak.tier == Tier.OTHER_MANAGER
    with pytest.raises(StepBlocked, match="“Plans accounts effectively” is judged not met"):
        take(weak, "qualify", people["manager"])


@pytest.mark.demand("P-15")
def test_a_new_manager_is_judged_anew_and_the_account_is_not(people):
    candidate = take(pass_all(make_candidate()), "qualify", people["manager"])
    other = make_user("rep", reports_to=people["leader"])

    account = fresh(candidate.account)
    change(account, by=people["admin"], seen=account.version, manager=other)

    now = fresh(candidate)
    assert (now.manager, now.tier, now.score) == (other, Tier.OPEN, 12)
    with pytest.raises(StepBlocked, match="“Plans accounts effectively” is not judged yet"):
        take(now, "select", people["manager"])


@pytest.mark.demand("P-13", "P-12")
def test_the_new_manager_of_a_proposed_account_is_asked_and_so_is_who_leads_them(people):
    candidate = make_candidate()
    take(candidate, "agree", candidate.manager, agrees=True)
    other = make_user("rep", reports_to=make_user("leader"))

    account = fresh(candidate.account)
    change(account, by=people["admin"], seen=account.version, manager=other)

    waits = Obligation.objects.of(candidate).open()
    assert {(one.step, one.person) for one in waits} == {("agree", other), ("rate", other.reports_to)}


@pytest.mark.demand("P-10")
@pytest.mark.parametrize(("days", "passes"), [(364, False), (365, False), (366, True)])
def test_exactly_one_year_does_not_pass(days, passes):
    since = date(2025, 3, 10)

    assert older_than_a_year(since, since + timedelta(days=days)) is passes


@pytest.mark.demand("P-10")
def test_of_a_29_february_the_year_is_full_on_1_march():
    assert not older_than_a_year(date(2024, 2, 29), date(2025, 3, 1))
    assert older_than_a_year(date(2024, 2, 29), date(2025, 3, 2))


@pytest.mark.demand("P-10")
def test_a_young_relationship_is_judged_by_the_day_on_file_whatever_was_judged(people):
    candidate = make_candidate(customer_since=localdate() - timedelta(days=365))
    with_age = line(candidate, Evidence.AGE)

    assert (with_age.on_file.says, with_age.met) == (False, False)
    assert with_age.on_file.source == "the account’s own facts"
    assert fresh(pass_all(candidate)).tier == Tier.FAILS
    with pytest.raises(StepBlocked, match="“A customer for more than one year”: a customer since"):
        take(candidate, "qualify", people["manager"])


@pytest.mark.demand("P-08", "P-09")
@pytest.mark.parametrize(
    ("kind", "evidence", "words"),
    [
        ("negotiation", Evidence.NEGOTIATION, "A contract is under negotiation"),
        ("rfp", Evidence.RFP, "A request for proposal is open"),
    ],
)
def test_a_fact_on_file_prejudges_and_says_where_it_comes_from(people, kind, evidence, words):
    candidate = pass_all(make_candidate())
    assert candidate.tier == Tier.PASSES

    fact = turned(candidate.account, kind)

    told = line(candidate, evidence)
    assert (told.met, told.judgement.met, fresh(candidate).tier) == (False, True, Tier.FAILS)
    assert told.on_file.words.startswith(words)
    assert told.on_file.source.startswith("Their buyer told us. (")
    with pytest.raises(StepBlocked, match=words):
        take(candidate, "qualify", people["manager"])

    end_fact(fact, by=people["admin"], seen=fresh(candidate.account).version, reason="It is signed.")
    assert fresh(candidate).tier == Tier.PASSES


@pytest.mark.demand("P-06", "P-07", "P-08", "P-09", "P-11", "P-14")
@pytest.mark.parametrize(
    ("evidence", "typed", "field"),
    [
        (Evidence.OPPORTUNITY, {"score": 4}, "words"),
        (Evidence.SAID, {"score": 4, "day": "2026-03-01"}, "who"),
        (Evidence.SAID, {"score": 4, "who": "Kim Kunde"}, "day"),
        (Evidence.NEGOTIATION, {"met": "yes"}, "day"),
        (Evidence.RFP, {"met": "yes"}, "day"),
        (Evidence.OUTCOME, {"score": 3, "words": "Fewer late deliveries"}, "day"),
        (Evidence.OUTCOME, {"score": 3, "day": "2026-03-01"}, "words"),
        (Evidence.WORDS, {"score": 5}, "words"),
    ],
)
def test_nothing_is_met_without_the_evidence_that_it_takes(people, as_person, evidence, typed, field):
    candidate = make_candidate()
    url = f"{candidate.get_absolute_url()}judge/{line(candidate, evidence).criterion.pk}/"

    answer = as_person(people["admin"]).post(url, {"seen": candidate.version, **typed})

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert Judgement.objects.count() == 0


@pytest.mark.demand("P-06")
def test_what_is_not_met_needs_no_evidence(people, as_person):
    candidate = make_candidate()
    criterion = line(candidate, Evidence.OPPORTUNITY).criterion
    url = f"{candidate.get_absolute_url()}judge/{criterion.pk}/"

    answer = as_person(people["admin"]).post(url, {"seen": candidate.version, "score": 2})

    assert answer.status_code == 302
    assert (Judgement.objects.get().met, fresh(candidate).tier) == (False, Tier.FAILS)


@pytest.mark.demand("P-12")
def test_who_plans_well_has_a_plan_that_is_linked_or_attached(people, as_person):
    candidate = make_candidate()
    leader = as_person(candidate.manager.reports_to)
    url = f"{candidate.get_absolute_url()}steps/rate/"
    said = {"seen": candidate.version, "score": 4, "words": "Thinks a year ahead."}

    refused = leader.post(url, said)
    plan = attach(candidate, b"%PDF-1.7\n%%EOF\n", "Plan.pdf", by=candidate.manager)
    taken = leader.post(url, said | {"plan": plan.pk})

    assert list(refused.context["form"].errors) == ["link"]
    assert taken.status_code == 302
    assert Judgement.objects.get().plan == plan


@pytest.mark.demand("P-12", "P-13")
def test_nobody_rates_themselves_and_nobody_agrees_for_another(people):
    candidate = make_candidate()

    assert [offer.name for offer in offers(candidate, candidate.manager)] == ["agree"]
    assert [offer.name for offer in offers(candidate, candidate.manager.reports_to)] == ["rate"]
    assert "agree" not in [offer.name for offer in offers(candidate, people["manager"])]


@pytest.mark.demand("P-05")
def test_every_judgement_names_its_version_and_old_ones_never_move(people):
    candidate = pass_all(make_candidate())
    one = Judgement.objects.get(criterion__evidence=Evidence.WORDS)
    newest = criteria.newest()
    said = {"about": "manager", "part_of": "The account manager", "title": one.criterion.title, "evidence": "words"}

    criteria.reword(one.criterion, by=people["manager"], seen=newest.number, words="Listens first.", **said)
    still = fresh(candidate).tier
    wave = take(candidate.wave, "take_criteria", people["manager"])

    assert (still, wave.criteria.number) == (Tier.PASSES, 2)
    kept = fresh(one)
    assert (kept.version.number, kept.criterion.words, kept.replaced_at) == (1, one.criterion.words, None)
    assert [row.met for row in scorecard(fresh(candidate)).manager] == [True, True, None]
    with pytest.raises(TypeError, match="judge again"):
        kept.save()


@pytest.mark.demand("P-05", "P-22")
def test_by_newer_criteria_scorecards_and_places_follow_and_who_has_to_speak_is_asked_anew(people):
    wave = make_wave()
    candidate, chosen = pass_all(make_candidate(wave=wave)), make_candidate("qualified", wave)
    one = criteria.newest().criteria.get(evidence=Evidence.AGREEMENT)
    said = {"about": "manager", "part_of": "The account manager", "title": one.title, "evidence": "agreement"}
    criteria.reword(one, by=people["manager"], seen=1, words="Tells us each month.", **said)

    take(wave, "take_criteria", people["manager"])

    assert [(fresh(row).tier, fresh(row).score) for row in (candidate, chosen)] == [(Tier.OPEN, 20), (Tier.OPEN, 20)]
    waits = [(one.step, one.person) for one in Obligation.objects.of(candidate).open()]
    assert waits == [("agree", candidate.manager)]
    with pytest.raises(StepBlocked, match="is not judged yet"):
        take(chosen, "select", people["manager"])


@pytest.mark.demand("P-10", "P-22")
def test_an_account_that_has_come_of_age_is_judged_anew_without_anybody(people):
    young = make_candidate(customer_since=localdate() - timedelta(days=365))
    before = pass_all(young, but=("age",)).tier

    with time_machine.travel(now() + timedelta(days=2)):
        grow_older()

    assert (before, fresh(young).tier) == (Tier.FAILS, Tier.OPEN)
