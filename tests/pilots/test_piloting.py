"""While a wave runs: who may have a review, flags, the check list, feedback, who has not answered (P-01 to P-03, P-08, P-09)."""

import pytest

from acr_program.charter.models import Program
from acr_program.workflow.book import reading
from acr_program.workflow.errors import StepBlocked
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from pilots import covering
from pilots.models import Rating
from pilots.pages.candidate_page import CandidatePage
from pilots.pages.feedback_page import FeedbackPage
from pilots.tested import grid
from tests.desk.asking import questions
from tests.factories import fresh, make_program, make_request, make_year, take
from tests.piloting import give_feedback, make_candidate, make_old_account, make_wave, turned


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.fixture
def piloting(people):
    """The program is being piloted, and a year runs."""
    program = make_program("piloting", manager=people["manager"])
    make_year()
    return program


REFUSED = "The program is being piloted: only the accounts of the pilot may have a review."


@pytest.mark.demand("P-01")
def test_while_piloting_only_an_active_pilot_may_have_a_review(piloting):
    stranger = make_request(account=make_old_account())
    with pytest.raises(StepBlocked) as refused:
        take(stranger, "submit", stranger.rep)
    selected = make_candidate("selected")
    waiting = make_request(account=selected.account)
    with pytest.raises(StepBlocked) as too_early:
        take(waiting, "submit", waiting.rep)
    pilot = make_candidate("active")
    its = make_request(account=pilot.account)

    submitted = take(its, "submit", its.rep)

    assert (refused.value.missing, too_early.value.missing) == ([REFUSED], [REFUSED])
    assert submitted.status == "submitted"


@pytest.mark.demand("P-01")
def test_who_is_completed_or_withdrawn_may_not_and_once_rolled_out_all_may(piloting, people):
    over = [make_candidate(state) for state in ("completed", "withdrawn")]
    drafts = [make_request(account=one.account) for one in over]
    for draft in drafts:
        with pytest.raises(StepBlocked, match="being piloted"):
            take(draft, "submit", draft.rep)

    take(Program.objects.get(), "roll_out", people["manager"], comment="It works.")

    assert take(drafts[0], "submit", drafts[0].rep).status == "submitted"


def test_while_piloting_an_accounts_page_costs_no_more_and_says_whether_it_may_have_a_review(piloting, as_person):
    pilot = make_candidate("active")
    other = make_old_account(manager=pilot.manager)
    for account in (pilot.account, other):
        make_request("draft", account=account)
    client = as_person(pilot.manager)

    pages = [client.get(account.get_absolute_url()).content.decode() for account in (pilot.account, other)]
    costs = [len(questions(client, account.get_absolute_url())) for account in (pilot.account, other)]

    assert [REFUSED in page for page in pages] == [False, True]
    assert max(costs) <= 15


@pytest.mark.demand("P-08", "P-09")
@pytest.mark.parametrize("kind", ["rfp", "negotiation"])
def test_a_fact_that_turns_during_the_pilot_raises_a_flag_at_once(people, kind):
    pilot = make_candidate("active")

    turned(pilot.account, kind)

    flagged = fresh(pilot)
    assert "Their buyer told us." in flagged.flag
    assert flagged.flagged_on is not None
    waits = Obligation.objects.of(flagged).open().get(step="settle_flag")
    assert waits.role == "manager"
    give_feedback(flagged)
    with pytest.raises(StepBlocked, match="The flag is not settled yet"):
        take(flagged, "complete", people["admin"])

    settled = take(flagged, "settle_flag", people["manager"], comment="They wish to go on.")

    assert (settled.flag, settled.reason) == ("", "They wish to go on.")
    assert take(settled, "complete", people["admin"]).status == "completed"


@pytest.mark.demand("P-08")
def test_other_facts_and_accounts_that_are_no_pilots_raise_no_flag():
    pilot, proposed = make_candidate("active"), make_candidate()

    turned(pilot.account, "strategic")
    turned(proposed.account, "rfp")

    assert [fresh(one).flag for one in (pilot, proposed)] == ["", ""]


@pytest.mark.demand("P-15")
def test_another_manager_during_the_pilot_is_flagged_and_asked_for_feedback(people):
    from accounts.actions import change

    pilot, other = make_candidate("active"), people["rep"]
    account = fresh(pilot.account)

    change(account, by=people["admin"], seen=account.version, manager=other)

    assert fresh(pilot).flag == f"The account has another manager: {other.name}."
    assert Obligation.objects.of(pilot).open().get(step="give_feedback").person == other


@pytest.mark.demand("P-04")
def test_a_pilot_whose_account_is_closed_is_withdrawn_with_the_same_reason(people):
    pilot = make_candidate("active")

    take(pilot.account, "close", people["manager"], comment="They are gone.")

    assert (fresh(pilot).status, fresh(pilot).reason) == ("withdrawn", "They are gone.")


@pytest.mark.demand("issue 8, check list")
def test_the_check_list_is_of_the_real_steps_of_the_pilots_review(people):
    pilot = make_candidate("active")
    before = CandidatePage(pilot, people["manager"])
    assert (before.review, before.checklist) == (None, [])

    make_request("in_approval", account=pilot.account)

    after = CandidatePage(fresh(pilot), people["manager"])
    assert [(check.step.key, check.mood) for check in after.checklist][:6] == [
        ("asked", "done"), ("gathered", "done"), ("complete", "done"), ("compiled", "done"), ("approved", "now"),
        ("sealed", "ahead"),
    ]  # fmt: skip


@pytest.mark.demand("P-19")
def test_an_aspect_is_tested_once_a_pilots_review_passed_it_and_it_was_rated():
    pilot = make_candidate("active")
    wave = pilot.wave
    make_request("in_approval", account=pilot.account)
    rated = {"The content is gathered", "The meeting is held"}
    ratings = [[one.pk, 4, "Well."] for one in wave.aspects.filter(title__in=rated)]
    take(pilot, "give_feedback", pilot.manager, ratings=ratings, we_think="They talk.")

    rows = {row.aspect.title: row for row in grid(wave, covering.pilots(wave))}

    assert {title for title, row in rows.items() if row.is_tested} == {"The content is gathered"}
    assert rows["The meeting is held"].cells[0].says == "4, not passed"
    assert rows["The document is compiled"].cells[0].says == "not rated"
    assert rows["It is delivered"].cells[0].says == "planned"


@pytest.mark.demand("P-02", "P-03")
def test_feedback_asks_score_and_words_and_what_it_did_for_the_customer(as_person):
    pilot = make_candidate("active")
    first, second = pilot.wave.aspects.all()[:2]
    url, client = f"{pilot.get_absolute_url()}steps/give_feedback/", as_person(pilot.manager)
    typed = {"seen": fresh(pilot).version, f"score_{first.pk}": 4, f"words_{second.pk}": "Slow."}

    refused = client.post(url, typed)
    more = {f"words_{first.pk}": "Quick.", f"score_{second.pk}": 2, "customer_said": "“At last.”"}
    taken = client.post(url, typed | more)

    errors = set(refused.context["form"].errors)
    assert errors == {f"words_{first.pk}", f"score_{second.pk}", "we_think"}
    assert taken.status_code == 302
    assert list(Rating.objects.values_list("aspect", "score", "words")) == [
        (first.pk, 4, "Quick."), (second.pk, 2, "Slow."),
    ]  # fmt: skip
    now = fresh(pilot)
    assert (now.customer_said, now.we_think) == ("“At last.”", "")


@pytest.mark.demand("P-02", "P-03", "P-13")
def test_averages_impact_and_who_has_not_answered(people):
    wave = make_wave()
    pilots = [make_candidate("selected", wave) for _number in range(3)]
    take(wave, "launch", people["manager"])
    for pilot, score in zip(pilots, (5, 2), strict=False):
        give_feedback(pilot, score)

    with reading():
        page = FeedbackPage(fresh(wave), people["manager"])

        assert {row.average for row in page.rows} == {3.5}
        assert [(one.pilot, one.rated) for one in page.missing] == [(pilots[2], 0)]
        assert {pilot.pk for pilot in page.impacts} == {pilots[0].pk, pilots[1].pk}


@pytest.mark.demand("P-02", "P-03")
def test_a_pilot_is_completed_with_all_of_its_feedback_alone(people):
    pilot = make_candidate("active")
    with pytest.raises(StepBlocked, match=r"has still to answer: .*what it did for the customer"):
        take(pilot, "complete", people["admin"])

    give_feedback(pilot)

    assert take(pilot, "complete", people["admin"]).ended_on is not None


@pytest.mark.demand("P-03")
def test_what_the_customer_said_stands_apart_from_what_we_think(people, as_person):
    pilot = give_feedback(make_candidate("active"))

    page = as_person(people["manager"]).get(f"{pilot.wave.get_absolute_url()}feedback/").content.decode()

    said, think = page.index('id="said"'), page.index('id="think"')
    assert said < page.index("We see ourselves in it") < think < page.index("They talk to us earlier")
