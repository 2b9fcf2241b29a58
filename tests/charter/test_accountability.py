"""The four questions, expectations in versions, training, and what of it is mine (G-05, G-15 to G-20, R-27)."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from acr_program.charter import actions, lines, measured
from acr_program.charter.models import (
    Communication,
    Duty,
    Metric,
    Program,
    ProgramYear,
    Ramp,
    Receipt,
    Training,
    TrainingAssignment,
)
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import StepBlocked
from acr_program.workflow.offers import offers
from acr_program.workflow.seals import verify
from reviews.accountable import training_lacks
from tests.chartering import (
    DUTY,
    METRIC,
    RAMP,
    TRAINING,
    a_communication,
    an_assignment,
    fill_charter,
    tell_leaders,
)
from tests.desk.asking import questions, text
from tests.factories import fresh, make_account, make_program, make_request, make_user, make_year, take


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.fixture
def year(people):
    """A year that runs, in which nothing is expected of anybody here by name."""
    fill_charter(make_program("rolled_out", manager=people["manager"]))
    found = make_year("running")
    for one in found.communications.filter(kind="expectations"):
        take(one, "withdraw", people["manager"], comment="Made by a factory.")
    return found


def expect(year, people, audience="force", **fields):
    """A draft of what is expected from today on."""
    said = {"kind": "expectations", "effective_on": localdate(), "reviews": 2, "title": "What we expect"} | fields
    return a_communication(audience, year, **said)


def on_page(client, person):
    return next(row for row in client.get("/program/accountability/").context["rows"] if row.person == person)


@pytest.mark.demand("G-01", "G-16", "G-17", "G-18", "G-19")
def test_pilot_and_year_wait_for_each_of_the_four_answers(people, as_person):
    program = fill_charter(make_program("designing", manager=people["manager"]))
    year = begin(ProgramYear(label="2030", begins_on="2030-01-01", ends_on="2030-12-31"), by=people["manager"])
    client, refused, typed = as_person(people["manager"]), [], {"ramp": RAMP, "duties": DUTY, "metrics": METRIC}
    for model in (Ramp, Duty, Metric, Training):
        model.objects.all().delete()

    for kind, given in (typed | {"trainings": TRAINING}).items():
        with pytest.raises(StepBlocked) as pilot:
            take(program, "start_pilot", people["manager"])
        with pytest.raises(StepBlocked) as announced:
            take(year, "announce", people["manager"])
        assert pilot.value.missing == announced.value.missing
        refused.append(pilot.value.missing)
        answer = client.post(f"/program/lines/{kind}/new/", given)
        assert answer.status_code == 302, text(answer)

    assert [len(missing) for missing in refused] == [4, 3, 2, 1]
    assert [missing[0].split(":")[0] for missing in refused] == [
        "How many reviews are to be delivered is not said yet",
        "No step of the process is the sales representatives' yet",
        "How success is measured is not said yet",
        "Which training is delivered is not said yet",
    ]
    assert take(program, "start_pilot", people["manager"]).status == "piloting"
    assert take(year, "announce", people["manager"]).status == "communicating"


@pytest.mark.demand("G-05")
def test_a_year_starts_once_expectations_are_published_to_both(people):
    fill_charter(make_program("designing", manager=people["manager"]))
    year = make_year("communicating")
    tell_leaders(year)
    sets = {one.audience: one for one in year.communications.filter(kind="expectations")}
    take(sets["force"], "withdraw", people["manager"], comment="Wrong number.")

    with pytest.raises(StepBlocked) as caught:
        take(year, "start", people["manager"])
    take(expect(year, people), "send", people["manager"])

    assert caught.value.missing == [
        "What is expected this year is not published yet to sales representatives: write it under Accountability."
    ]
    assert take(year, "start", people["manager"]).status == "running"


@pytest.mark.demand("G-15", "features, 83")
def test_nobody_is_measured_on_what_was_not_published_to_them(people, as_person, year, later):
    """Shown by 2: a draft, a first version, its withdrawal, a second one from a day on, and somebody who came later."""
    manager, rep, client = people["manager"], people["rep"], as_person(people["manager"])
    first = expect(year, people)
    draft = on_page(client, rep)
    first = take(first, "send", manager)
    published = on_page(client, rep)
    take(Receipt.objects.get(communication=first, person=rep), "confirm", rep)
    confirmed = on_page(client, rep)
    take(first, "withdraw", manager, comment="Three are needed.")
    withdrawn = on_page(client, rep)
    mine = text(as_person(rep).get("/program/my-part/"))
    second = expect(year, people, reviews=3, effective_on=localdate() + timedelta(days=3))
    second = take(second, "send", manager)
    early = on_page(client, rep)
    later(days=3)
    newcomer = make_user("rep", name="Nina New")
    holds, came = on_page(client, rep), on_page(client, newcomer)
    take(second, "tell_newcomers", manager)
    told = on_page(client, newcomer)

    rows = (draft, published, confirmed, withdrawn, early, holds, came, told)
    assert [row.target for row in rows] == [None, 2, 2, None, None, 3, None, 3]
    assert (published.has_confirmed, confirmed.has_confirmed) == (False, True)
    assert "No expectations are published to you that hold today, so you are not measured." in mine
    assert second.number == first.number + 1


def test_what_was_published_stays_what_it_was(people, year):
    """A draft's number may change; what a receipt says was published does not."""
    told = take(expect(year, people), "send", people["manager"])
    receipt = Receipt.objects.get(communication=told, person=people["rep"])

    take(expect(year, people, reviews=9), "send", people["manager"])

    assert fresh(receipt).reviews == 2
    assert measured.of_person(year, people["rep"]).target == 9


@pytest.mark.demand("G-20")
def test_whoever_confirms_answers_the_question_rightly(people, as_person, year):
    check = {"question": "How many?", "answers": "Two\nOne\nNine"}
    told = take(expect(year, people, **check), "send", people["manager"])
    receipt = Receipt.objects.get(communication=told, person=people["rep"])
    client, way = as_person(people["rep"]), f"/program/told/{receipt.pk}/steps/confirm/"

    page = text(client.get(way))
    silent = text(as_person(people["manager"]).get("/program/accountability/"))
    wrong = client.post(way, {"answer": "Nine", "seen": 1})
    nothing = client.post(way, {"seen": 1})
    client.post(way, {"answer": "Two", "seen": 1})

    assert page.index("Nine") < page.index("One") < page.index("Two")
    assert "Not confirmed yet by" in silent
    assert "Rita Rep" in silent.partition("Not confirmed yet by")[2]
    assert "That is not it: read it once more" in text(wrong)
    assert "Choose one of the answers." in text(nothing)
    assert fresh(receipt).status == "confirmed"


@pytest.mark.demand("G-16", "features, 82")
def test_the_ramp_sets_what_is_proposed_and_progress_is_counted(people, as_person, year):
    client, program = as_person(people["manager"]), Program.objects.get()
    other = begin(ProgramYear(label="3000", begins_on="3000-01-01", ends_on="3000-12-31"), by=people["manager"])
    lines.keep(Ramp(), by=people["manager"], nth=2, reviews=4)
    proposed = [
        client.get(f"/program/years/{one.pk}/expect/").context["form"]["reviews"].value() for one in (year, other)
    ]
    leader = people["leader"]
    people["rep"].reports_to = leader
    people["rep"].save()
    for audience in ("force", "leaders"):
        take(expect(year, people, audience, reviews=2 if audience == "force" else None), "send", people["manager"])
    make_request("delivered", account=make_account(manager=people["rep"]), year=year)
    make_request("gathering", account=make_account(manager=people["rep"]), year=year)

    rep, above = on_page(client, people["rep"]), on_page(client, leader)
    mine = text(as_person(people["rep"]).get("/program/my-part/"))

    assert proposed == [2, 4]
    assert (rep.target, rep.delivered, above.delivered) == (2, 1, 1)
    assert above.target == 2 * sum(row.person.reports_to_id == leader.pk for row in measured.force(year) if row.target)
    assert "1 of 2 delivered." in mine
    assert program.status == "rolled_out"


def test_without_a_target_two_reviews_are_proposed(people, year):
    Ramp.objects.all().delete()

    assert measured.expected_in(year) == 2


def test_expectations_say_how_many_and_their_question_has_answers(people, as_person, year):
    client, way = as_person(people["manager"]), f"/program/years/{year.pk}/expect/"
    given = {"audience": "force", "title": "T", "words": "W", "effective_on": localdate().isoformat()}

    none = client.post(way, given | {"reviews": "", "question": "How many?", "answers": "Two"})
    client.post(way, given | {"reviews": 2, "question": "How many?", "answers": "Two\nNine"})
    leaders = client.post(way, given | {"audience": "leaders", "reviews": 7})

    assert "Say how many reviews each representative is to deliver." in text(none)
    assert "Give at least two answers" in text(none)
    kept = Communication.objects.filter(title="T").order_by("pk")
    assert list(kept.values_list("audience", "reviews", "kind")) == [
        ("force", 2, "expectations"), ("leaders", None, "expectations"),
    ]  # fmt: skip
    assert leaders.status_code == 302
    assert as_person(people["admin"]).post(way, given).status_code == 403


@pytest.mark.demand("G-17", "G-20")
def test_my_part_says_the_steps_of_my_roles(people, as_person, year):
    lines.keep(Duty(), by=people["manager"], step="approved", role="leader", words="Approve in two days.")

    rep, leader = (text(as_person(people[who]).get("/program/my-part/")) for who in ("rep", "leader"))

    assert "The review is asked for Ask for the review eight weeks ahead." in rep
    assert "Approve in two days." not in rep
    assert "The leaders approve, in order Approve in two days." in leader


@pytest.mark.demand("G-18")
def test_a_metric_keeps_what_stood_there_before(people, as_person, year):
    metric, client = Metric.objects.get(), as_person(people["manager"])
    for actual in ("80 %", "84 %"):
        given = METRIC | {"actual": actual, "seen": Program.objects.get().version}
        client.post(f"/program/lines/metrics/{metric.pk}/", given)

    assert (fresh(metric).before, fresh(metric).actual) == ("80 %", "84 %")
    assert "84 % 80 %" in text(as_person(people["rep"]).get("/program/accountability/"))


@pytest.mark.demand("G-19", "R-27")
def test_a_training_is_assigned_completed_and_missed_where_a_meeting_is_set(people, as_person, year):
    training = lines.keep(Training(), by=people["manager"], **TRAINING | {"name": "Presenting", "before_meeting": True})
    request = make_request("gathering", account=make_account(manager=people["rep"]), year=year)
    meeting, client = request.meetings.get(), as_person(people["admin"])
    lacks = training_lacks(meeting)
    shown = text(as_person(people["rep"]).get(meeting.get_absolute_url()))

    client.post(f"/program/assign/{training.pk}/", {"key": "once"})
    one = TrainingAssignment.objects.get(training=training, person=people["rep"])
    again = actions.assign(training, people["admin"])
    still = training_lacks(meeting)
    as_person(people["rep"]).post(f"/program/trainings/{one.pk}/steps/complete/", {"seen": one.version})

    assert lacks == still == f"{people['rep'].name} lacks: Presenting."
    assert lacks in shown
    assert again == 0
    assert (fresh(one).status, fresh(one).completed_on) == ("completed", localdate())
    assert training_lacks(meeting) == ""


def test_a_waived_training_is_missed_no_more(people, year):
    training = Training.objects.get()
    lines.keep(
        training, by=people["manager"], seen=Program.objects.get().version, **TRAINING | {"before_meeting": True}
    )
    meeting = make_request("gathering", account=make_account(manager=people["rep"]), year=year).meetings.get()
    one = an_assignment(people["rep"])

    assert [offer.name for offer in offers(one, people["second leader"])] == []
    take(one, "waive", people["manager"], comment="Teaches it.")

    assert training_lacks(meeting) == ""


def test_others_see_what_is_theirs(people, as_person, year):
    """A representative sees their own line alone; a leader their people's."""
    take(expect(year, people), "send", people["manager"])
    rows = as_person(people["rep"]).get("/program/accountability/").context["rows"]

    assert [row.person for row in rows] == [people["rep"]]


def test_pages_ask_fifteen_questions_at_most(people, as_person, year):
    take(expect(year, people), "send", people["manager"])
    for _number in range(4):
        make_user("rep")
    one = an_assignment(people["rep"])

    for page in ("/program/accountability/", "/program/my-part/", f"/program/trainings/{one.pk}/", "/program/1/"):
        assert len(questions(as_person(people["manager"]), page)) <= 15, page
