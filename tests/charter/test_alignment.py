"""Leaders behind the program, what they are told, and who has confirmed it (G-10 to G-14, R-08)."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now

from acr_program.charter import actions, grid, lines
from acr_program.charter.models import Alignment, Champion, Companion, Program, ProgramYear, Receipt, Rhythm
from acr_program.desk.watches import _watched
from acr_program.outbox.models import Message
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import StepBlocked
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import offers
from acr_program.workflow.seals import verify
from tests.chartering import a_communication, a_receipt, aligned, fill_charter, publish
from tests.desk.asking import questions, text
from tests.factories import fresh, make_program, make_user, make_year, office, take

TOPICS = ["goals", "objectives", "expectations", "requirements"]


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.fixture
def announced(people):
    """A year that is announced, and nobody has been told anything."""
    fill_charter(make_program("designing", manager=people["manager"]))
    return make_year("communicating")


@pytest.mark.demand("G-10")
def test_a_leader_is_briefed_asks_is_answered_and_agrees(people, as_person):
    manager, leader = people["manager"], people["leader"]
    make_program("designing", manager=manager)
    client, own = as_person(manager), as_person(leader)
    client.post("/program/alignment/enrol/", {"key": "k"})
    one = Alignment.objects.get(leader=leader)
    way = f"/program/leaders/{one.pk}/"

    future = client.post(f"{way}steps/brief/", {"briefed_on": "2999-01-01", "seen": one.version})
    client.post(f"{way}steps/brief/", {"briefed_on": "2026-03-02", "seen": one.version})
    waits = list(Obligation.objects.of(one).open().values_list("person", "what"))
    own.post(f"{way}steps/ask/", {"comment": "Who pays for print?", "seen": 2})
    asked = fresh(one)
    client.post(f"{way}steps/answer/", {"comment": "The office.", "seen": 3})
    own.post(f"{way}steps/agree/", {"seen": 4})
    agreed = fresh(one)

    assert "note a briefing once it was held" in text(future)
    assert waits == [(leader.pk, "Say that you agree, or what you ask")]
    assert (asked.status, asked.question) == ("has_questions", "Who pays for print?")
    assert (agreed.status, agreed.briefed_on, agreed.agreed_on) == ("agreed", date(2026, 3, 2), localdate())
    assert as_person(people["second leader"]).get(way).status_code == 404


@pytest.mark.demand("G-01")
def test_the_pilot_names_each_leader_who_has_not_agreed(people):
    program = fill_charter(make_program("designing", manager=people["manager"]))
    aligned(make_user("leader", name="Nele New"), "brief")
    make_user("leader", name="Uwe Unasked")
    make_user("leader", name="Gone", is_active=False)

    with pytest.raises(StepBlocked) as caught:
        take(program, "start_pilot", people["manager"])

    assert caught.value.missing == [
        "Not every leader has agreed yet: Nele New (briefed) and Uwe Unasked (not briefed)."
    ]


@pytest.mark.demand("G-12")
def test_a_year_starts_once_each_leader_has_confirmed_each_topic_or_is_waived(people, announced):
    manager, leaders = people["manager"], list(announced.leaders)
    for audience in ("leaders", "force"):
        publish(announced, audience)
    with pytest.raises(StepBlocked) as nothing:
        take(announced, "start", manager)
    half = take(a_communication("leaders", announced, topics=TOPICS[:2]), "send", manager)
    rest = take(a_communication("both", announced, topics=TOPICS[2:]), "send", manager)
    for leader in leaders[1:]:
        for told in (half, rest):
            take(Receipt.objects.get(communication=told, person=leader), "confirm", leader)
    take(Receipt.objects.get(communication=rest, person=leaders[0]), "waive", manager, comment="Retires in May.")
    with pytest.raises(StepBlocked) as one:
        take(announced, "start", manager)
    row = grid.rows(announced)[0]
    take(Receipt.objects.get(communication=half, person=leaders[0]), "confirm", leaders[0])

    assert all(leader.name in nothing.value.missing[0] for leader in leaders)
    assert nothing.value.missing[0].count("(Goals, Objectives, Expectations and Requirements)") == len(leaders)
    assert f": {leaders[0].name} (Goals and Objectives)." in one.value.missing[0]
    assert [cell.label for cell in row.cells] == ["to be confirmed", "to be confirmed", "waived", "waived"]
    assert take(announced, "start", manager).status == "running"


def test_what_is_withdrawn_settles_nothing_and_asks_nobody(people, announced):
    told = take(a_communication("leaders", announced, topics=TOPICS), "send", people["manager"])
    confirmed = Receipt.objects.get(communication=told, person=people["leader"])
    take(confirmed, "confirm", people["leader"])

    take(told, "withdraw", people["manager"], comment="The goals have changed.")

    states = set(Receipt.objects.filter(communication=told).values_list("status", flat=True))
    assert states == {"confirmed", "lapsed"}
    assert not Obligation.objects.open().filter(title=told.title).exists()
    assert people["leader"] in [leader for leader, _topics in fresh(announced).not_settled()]


@pytest.mark.demand("G-05")
def test_what_is_sent_asks_each_of_its_readers_once_and_by_mail(people, as_person, announced):
    told = take(a_communication("force", announced), "send", people["manager"])
    receipt = Receipt.objects.get(communication=told, person=people["rep"])
    page = text(as_person(people["rep"]).get(f"/program/told/{receipt.pk}/"))
    others = as_person(people["second rep"]) if "second rep" in people else as_person(people["leader"])

    mail = Message.objects.get(person=people["rep"], kind="told")
    as_person(people["rep"]).post(f"/program/told/{receipt.pk}/steps/confirm/", {"seen": 1})

    assert mail.subject == "Please read and confirm: What we ask of you"
    assert "Two reviews each." in page
    assert "About: Goals" in page
    assert others.get(f"/program/told/{receipt.pk}/").status_code == 404
    assert fresh(receipt).confirmed_at is not None
    assert Receipt.objects.filter(communication=told, person=people["leader"]).count() == 0


def test_today_leads_to_what_is_to_be_read_before_it_is_confirmed(people, as_person, announced):
    receipt = a_receipt(people["rep"], year=announced)

    main = as_person(people["rep"]).get("/").content.decode().partition("<main")[2]

    assert f'href="/program/told/{receipt.pk}/"' in main
    assert "steps/confirm/" not in main


def test_nobody_confirms_for_somebody_else(people, announced):
    receipt = a_receipt(people["rep"], year=announced)

    assert [offer.name for offer in offers(receipt, people["manager"])] == ["waive"]
    assert [offer.name for offer in offers(receipt, people["rep"])] == ["confirm"]


def test_a_draft_is_changed_and_what_is_sent_is_not(people, as_person, announced):
    draft, client = a_communication("leaders", announced), as_person(people["manager"])
    given = {"audience": "both", "title": "Anew", "words": "Three.", "topics": ["goals"], "seen": 1}

    client.post(f"/program/communications/{draft.pk}/edit/", given)
    sent = take(draft, "send", people["manager"])
    late = client.post(f"/program/communications/{draft.pk}/edit/", given | {"title": "Late", "seen": sent.version})

    assert (fresh(draft).title, fresh(draft).audience) == ("Anew", "both")
    assert late.status_code == 302


@pytest.mark.demand("promises, P23")
def test_asking_for_the_form_of_what_is_sent_leads_to_its_page_and_keeps_nothing(people, as_person, announced):
    draft, client = a_communication("leaders", announced), as_person(people["manager"])
    sent = take(draft, "send", people["manager"])

    looked = client.get(f"/program/communications/{draft.pk}/edit/")

    assert looked.headers["Location"] == sent.get_absolute_url()
    assert "_messages" not in client.session


def test_it_is_not_sent_to_nobody(people):
    from acr_program.people.models import RoleGrant

    RoleGrant.objects.filter(role="rep").delete()
    year = make_year("drafting")

    with pytest.raises(StepBlocked, match="Nobody holds the role that it is for"):
        take(a_communication("force", year), "send", people["manager"])


@pytest.mark.demand("G-11", "R-08")
@pytest.mark.parametrize(("status", "days"), [("designing", 14), ("rolled_out", 90)])
def test_silence_is_noted_the_day_after_the_rhythm_and_ends_when_they_hear(people, later, status, days):
    program = make_program(status, manager=people["manager"])
    year = begin(ProgramYear(label="2031", begins_on="2031-01-01", ends_on="2031-12-31"), by=people["manager"])
    rhythm = lines.keep(Rhythm(), by=people["manager"], audience="leaders", early_days=14, later_days=90)
    actions.note_silence(now())
    never = fresh(rhythm).silent_since
    take(a_communication("both", year), "send", people["manager"])
    heard, today = fresh(rhythm).silent_since, localdate()
    later(days=days)
    actions.note_silence(now())
    still = fresh(rhythm).silent_since
    later(days=days + 3)

    actions.note_silence(now())

    assert (never, heard, still) == (today, None, None)
    assert fresh(rhythm).silent_since == today + timedelta(days=days + 1)
    assert [row.pk for row in _watched["silence"].rows()] == [rhythm.pk]
    assert program.status == status


def test_a_rhythm_is_written_once_for_an_audience(people, as_person):
    make_program("designing", manager=people["manager"])
    client = as_person(people["manager"])
    given = {"audience": "leaders", "early_days": 14, "later_days": 90}

    client.post("/program/lines/rhythm/new/", given)
    twice = client.post("/program/lines/rhythm/new/", given)

    assert "The rhythm for them is written down already" in text(twice)
    assert Rhythm.objects.count() == 1


@pytest.mark.demand("G-13", "G-14")
def test_a_champion_has_a_reason_an_example_and_whom_they_bring_along(people, as_person):
    make_program("designing", manager=people["manager"])
    client = as_person(people["manager"])
    given = {"person": people["leader"].pk, "reason": "Asks first.", "example": "/reviews/"}

    lost = client.post("/program/lines/champions/new/", given | {"example": "/nowhere/at/all/"})
    client.post("/program/lines/champions/new/", given)
    champion = Champion.objects.get()
    pair = {"champion": champion.pk, "contacts": 2}
    own = client.post("/program/lines/companions/new/", pair | {"person": people["leader"].pk})
    client.post("/program/lines/companions/new/", pair | {"person": people["rep"].pk})
    page = client.get("/program/alignment/")

    assert "No page of the program has this address" in text(lost)
    assert "A champion brings somebody else along." in text(own)
    assert Companion.objects.get().contacts == 2
    assert "Asks first." in text(page)
    assert '<a href="/reviews/">to the review</a>' in page.content.decode()
    assert "Rita Rep" in text(page)


def test_pages_ask_fifteen_questions_at_most(people, as_person, announced):
    told = take(a_communication("both", announced, topics=TOPICS), "send", people["manager"])
    for _number in range(5):
        make_user("leader")
    client, one = as_person(people["manager"]), Alignment.objects.first()
    receipt = Receipt.objects.first()

    pages = ["/program/1/", "/program/alignment/", f"/program/leaders/{one.pk}/", f"/program/told/{receipt.pk}/"]
    for page in [*pages, f"/program/communications/{told.pk}/", f"/program/years/{announced.pk}/"]:
        assert len(questions(client, page)) <= 15, page


def test_a_program_without_leaders_waits_for_none(db):
    program = fill_charter(make_program("designing"))

    assert Program.objects.get().not_agreed() == []
    assert take(program, "start_pilot", office("manager")).status == "piloting"
