"""Taking back one's own act: by the declared way back or by the values that stood, and only while nothing has followed."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from acr_program.outbox.models import Message
from acr_program.people.models import RoleGrant
from acr_program.workflow.docs import machines
from acr_program.workflow.edit import edit
from acr_program.workflow.log import LogDetail
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.perform import perform
from acr_program.workflow.seals import verify
from acr_program.workflow.undo import after_of, take_back
from reviews.models import ReviewRequest
from tests.factories import fresh, make_account, make_request, take
from tests.keyed import keyed

from .taking import WORD, columns, entry_of, flagged, undone, why

pytestmark = pytest.mark.django_db
STEPS = [(model, step) for model in machines() for step in model.declared_steps().values() if step.undo]


@pytest.fixture
def account(people):
    yield make_account("active", manager=people["rep"])
    assert list(verify()) == []


# What is declared


def test_some_steps_declare_a_way_back():
    named = {model._meta.model_name for model, _step in STEPS}
    ours = {"account", "finding", "informationrequest", "pilotcandidate", "reviewrequest"}
    assert named == ours | set(keyed().undoable)


@pytest.mark.parametrize(
    ("model", "step"), STEPS, ids=[f"{model._meta.model_name}.{step.name}" for model, step in STEPS]
)
def test_a_way_back_leads_back_and_asks_at_most_a_comment(model, step):
    declared = model.declared_steps()
    for name in step.undo:
        back = declared[name]
        assert step.target in back.sources
        assert back.target in step.sources
        assert back.form in (None, "acr_program.workflow.forms.CommentForm")


# A step


@pytest.mark.demand("features, 17")
def test_a_step_taken_back_leaves_every_field_as_it_stood_and_both_in_the_log(account, people):
    before = columns(account)
    back = undone(flagged(account, people["manager"]), people["manager"])

    assert columns(account) == before
    assert [(e.version, e.step, e.undoes) for e in account.log()][-2:] == [
        (back.version - 1, "flag_risk", ""), (back.version, "recover", "flag_risk"),
    ]  # fmt: skip
    assert entry_of(back).sentence == "took back: flagged a risk"
    assert entry_of(back).comment == "Taken back: flagged a risk."
    assert not Obligation.objects.of(account).open().exists()


def test_the_mail_that_waits_is_withdrawn_and_nobody_hears_of_either(account, people, mails):
    mails()
    done = flagged(account, people["manager"])
    assert Message.objects.about(account).count() == 2
    undone(done, people["manager"])

    assert mails() == []
    assert not Message.objects.about(account).exists()


def test_a_mail_that_has_left_lets_it_stay(account, people, mails):
    done = flagged(account, people["manager"])
    mails()

    assert "A mail about it has left already, to Lena Leader, Rita Rep." in why(done, people["manager"])
    assert fresh(account).status == "at_risk"


def test_a_mail_in_a_workers_hands_counts_as_left(account, people):
    done = flagged(account, people["manager"])
    Message.claim(Message.objects.about(account).first().pk)

    assert "has left already" in why(done, people["manager"])
    assert Message.objects.about(account).count() == 2


def test_mails_of_such_a_step_wait_and_others_do_not(people, later, mails):
    with override_settings(ACR_UNDO_SECONDS=20):
        account = make_account("prospect", manager=people["rep"])
        won = take(account, "win", people["admin"])
        take(won, "flag_risk", people["rep"], **WORD)
        assert mails() == []
        later(seconds=21)
        assert len(mails()) == 1


def test_the_program_waits_twenty_seconds_unless_told_otherwise(monkeypatch):
    source = (settings.BASE_DIR / "acr_program" / "settings.py").read_text()

    assert 'ACR_UNDO_SECONDS = env.int("ACR_UNDO_SECONDS", 20)' in source


def test_only_whoever_did_it_takes_it_back(account, people):
    done = flagged(account, people["manager"])

    assert why(done, people["leader"]) == "Only Max Manager can take this back: it was theirs."


def test_the_way_back_is_for_those_it_names(account, people):
    assert why(flagged(account, people["rep"]), people["rep"]).startswith(
        "It is taken back by “Recovered”, which is for "
    )
    assert fresh(account).status == "at_risk"


def test_a_right_that_was_lost_meanwhile_is_lost(account, people):
    done = flagged(account, people["manager"])
    RoleGrant.objects.filter(person=people["manager"]).delete()

    assert "which is for" in why(done, type(people["manager"]).objects.get(pk=people["manager"].pk))


def test_what_somebody_went_on_with_stays(account, people):
    done = flagged(account, people["manager"])
    edit(fresh(account), seen=done.version, by=people["admin"], city="Bonn")

    assert "Somebody has gone on since, so it stays. Ada Admin: Edited, " in why(done, people["manager"])


def test_taking_back_is_not_taken_back(account, people):
    back = undone(flagged(account, people["manager"]), people["manager"])

    assert "has taken something back itself" in why(back, people["manager"])


def test_a_step_without_a_way_back_says_so(people):
    won = take(make_account("prospect", manager=people["rep"]), "win", people["admin"])

    assert (
        why(won, people["admin"]) == "“Won as a customer” cannot be taken back: no step leads back to where it began."
    )


def test_a_way_that_leads_elsewhere_is_none(account, people):
    """Reopened, the account would be active; it was at risk when it was closed."""
    closed = take(flagged(account, people["manager"]), "close", people["manager"], **WORD)

    assert "no step leads back to where it began" in why(closed, people["manager"])


def test_what_led_to_more_stays(account, people):
    request = make_request("draft", account=account)
    closed = take(account, "close", people["manager"], **WORD)

    assert "1 more step has followed from it (review request: Cancel)." in why(closed, people["manager"])
    assert fresh(request).status == "cancelled"


def test_an_account_closed_by_mistake_is_open_again(account, people):
    before = columns(account)
    undone(take(account, "close", people["manager"], **WORD), people["manager"])

    assert columns(account) == before


def test_a_way_back_that_would_end_what_has_begun_since_is_none(account, people):
    """Closing the account once more would cancel the review that was asked for in between."""
    closed = take(account, "close", people["manager"], **WORD)
    opened = take(closed, "reopen", people["manager"])
    make_request("draft", account=opened)

    assert "More has happened there since, and the way back would end it" in why(opened, people["manager"])
    assert ReviewRequest.objects.get().status == "draft"


def test_an_account_reopened_by_mistake_is_closed_again(account, people):
    closed = take(account, "close", people["manager"], **WORD)
    undone(take(closed, "reopen", people["manager"]), people["manager"])

    assert fresh(account).status == "closed"


def test_erased_words_let_it_stay(account, people):
    done = flagged(account, people["manager"])
    LogDetail.objects.filter(entry=done.taken.entry).delete()

    assert "Its words were erased" in why(done, people["manager"])


def test_a_request_submitted_too_soon_is_a_draft_again(people):
    request = make_request("draft", account=make_account(manager=people["rep"]))
    before = columns(request)
    back = undone(take(request, "submit", people["rep"]), people["rep"])

    assert (back.status, columns(back)) == ("draft", before)
    assert not Obligation.objects.of(request).open().exists()


def test_a_section_accepted_or_waived_by_mistake_waits_again(people):
    first, second = make_request("gathering").contributions.all()
    take(first, "submit", first.contributor, text="Fine.")
    before = [columns(first), columns(second)]
    undone(take(first, "accept", people["admin"]), people["admin"])
    undone(take(second, "waive", people["admin"], **WORD), people["admin"])

    assert [columns(first), columns(second)] == before
    assert {row.step for row in Obligation.objects.open().filter(object_id__in=[first.pk, second.pk])} >= {
        "accept", "submit",
    }  # fmt: skip


def test_the_last_section_accepted_sets_the_document_going_and_stays(people):
    first, second = make_request("gathering").contributions.all()
    for section in (first, second):
        take(section, "submit", section.contributor, text="Fine.")
    take(first, "accept", people["admin"])

    why_it_stays = why(take(second, "accept", people["admin"]), people["admin"])
    assert why_it_stays == f"{second.request} has moved on since, so it stays."


def test_the_same_click_again_is_answered_once(account, people):
    done = flagged(account, people["manager"])
    first = undone(done, people["manager"], key="back")
    again = undone(done, people["manager"], key="back")

    assert (first.taken.repeated, again.taken.repeated) == (False, True)
    assert account.log().filter(step="recover").count() == 1


# What it costs


@pytest.mark.parametrize("act", ["step", "edit"])
def test_taking_back_costs_no_more_than_a_step(account, people, act):
    if act == "step":
        done = perform(fresh(account), "flag_risk", by=people["manager"], seen=account.version, **WORD)
    else:
        done = edit(fresh(account), seen=account.version, by=people["manager"], city="Bonn", sector="Retail")
    entry, by = entry_of(done), type(people["manager"]).objects.get(pk=people["manager"].pk)
    with CaptureQueriesContext(connection) as queries:
        take_back(entry, by=by, key="back")

    assert len([query for query in queries.captured_queries if "SAVEPOINT" not in query["sql"]]) <= 15


def test_looking_at_many_acts_under_one_root_costs_what_one_costs(people):
    sections = make_request("gathering", sections=4).contributions.select_related("request__account", "request__year")
    acts = [(entry_of(take(section, "waive", people["admin"], **WORD)), section) for section in list(sections)[:3]]
    costs = []
    for some in (acts[:1], acts):
        with CaptureQueriesContext(connection) as queries:
            after_of(some)
        costs.append(len(queries))

    assert costs == [2, 2]
