"""A closed year keeps how far everybody was, as it stood then (G-15, G-16)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from acr_program.charter import hung
from acr_program.charter.models import Score
from acr_program.workflow.seals import verify
from tests.chartering import EXPECTED, a_communication
from tests.desk.asking import questions, text
from tests.factories import make_user, make_year, take

pytestmark = pytest.mark.demand("G-16")


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.fixture
def closed(people, monkeypatch):
    """Three were expected of Rita and her leader, one is delivered; nothing was published to whoever came later."""
    year = make_year()
    for audience in ("force", "leaders"):
        said = EXPECTED | {"sent_on": None, "effective_on": date(1990, 1, 2), "reviews": 3}
        take(a_communication(audience, year, **said), "send", people["manager"])
    people["late"] = make_user("rep", name="Late Comer", reports_to=people["second leader"])
    monkeypatch.setattr(hung, "_delivered", [lambda of: {people["rep"].pk: 1}])
    return take(year, "close", people["manager"], comment="It is over.")


def test_what_was_expected_and_delivered_is_kept_for_each(people, closed):
    kept = {
        score.person: (score.target, score.delivered, score.is_leader) for score in Score.objects.filter(year=closed)
    }

    assert kept[people["rep"]] == (3, 1, False)
    assert kept[people["leader"]] == (3, 1, True)
    assert kept[people["late"]] == (None, 0, False)


def test_what_is_delivered_or_published_later_changes_nothing(people, closed, as_person, monkeypatch):
    monkeypatch.setattr(hung, "_delivered", [lambda of: {people["rep"].pk: 9}])

    page = text(as_person(people["manager"]).get(closed.get_absolute_url()))

    assert "Rita Rep sales representative 3 1" in page
    assert "Late Comer sales representative not measured 0" in page
    assert "Lena Leader leader, on their people’s 3 1" in page


def test_everybody_reads_their_own_and_a_leader_their_peoples(people, closed):
    def seen(who):
        return set(Score.objects.visible_to(people[who]).values_list("person__name", flat=True))

    assert seen("rep") == {"Rita Rep"}
    assert seen("leader") == {"Lena Leader", "Rita Rep"}
    assert "Rita Rep" in seen("auditor") & seen("admin")
    assert seen("contributor") == set()


def test_a_year_that_runs_has_no_scores_and_a_closed_one_has_each_once(people, closed, as_person):
    running = make_year(label="Next")
    client = as_person(people["manager"])

    assert "when it was closed" not in text(client.get(running.get_absolute_url()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(year=closed, person=people["rep"], is_leader=False, delivered=2)
    assert len(questions(client, reverse("charter:year", args=[closed.pk]))) <= 15
