"""The machines of the program, its years and its accounts."""

import pytest

from accounts.choices import AccountStatus
from acr_program.charter.choices import ProgramStatus, YearStatus
from acr_program.people.models import User
from acr_program.workflow.offers import next_step, offers
from tests.factories import fresh, make_account, make_program, make_year, take

PROGRAM = {"designing": {"manager": ["start_pilot"]}, "piloting": {"manager": ["roll_out"]}, "rolled_out": {}}
YEAR = {
    "drafting": {"manager": ["announce"]},
    "communicating": {"manager": ["start"]},
    "running": {"manager": ["close"]},
    "closed": {},
}
ACCOUNT = {
    "prospect": {"admin": ["win"], "manager": ["win", "close"]},
    "active": {"rep": ["flag_risk"], "leader": ["flag_risk"], "manager": ["flag_risk", "close"]},
    "at_risk": {"leader": ["recover"], "manager": ["recover", "close"]},
    "closed": {"manager": ["reopen"]},
}


@pytest.fixture
def offered(people):
    def table(obj):
        names = {who: [o.name for o in offers(fresh(obj), User.objects.get(pk=p.pk))] for who, p in people.items()}
        return {who: steps for who, steps in names.items() if steps}

    return table


@pytest.mark.parametrize("status", ProgramStatus.values)
def test_offers_of_the_program(people, offered, status):
    assert offered(make_program(status)) == PROGRAM[status]


@pytest.mark.parametrize("status", YearStatus.values)
def test_offers_of_a_year(people, offered, status):
    assert offered(make_year(status)) == YEAR[status]


@pytest.mark.parametrize("status", AccountStatus.values)
def test_offers_of_an_account(people, offered, status):
    assert offered(make_account(status, manager=people["rep"])) == ACCOUNT[status]


def test_winning_sets_the_day_once(people, later):
    account = make_account("active", manager=people["rep"])
    since = account.customer_since
    take(account, "close", people["manager"], comment="Gone.")
    later(days=40)

    back = take(account, "reopen", people["manager"])

    assert (since is not None, back.customer_since, back.status) == (True, since, "active")


def test_the_first_open_step_is_the_main_one(people):
    account = make_account("at_risk", manager=people["rep"])

    assert [(o.name, o.main, o.danger) for o in offers(account, people["manager"])] == [
        ("recover", True, False),
        ("close", False, True),
    ]


def test_the_line_below_says_what_comes_next_and_for_whom(people):
    assert next_step(make_account("prospect")) == (
        "Next: Won as a customer. It is for a program administrator or the program manager."
    )
    assert next_step(make_year("closed")) == "Nothing more is to be done here."
