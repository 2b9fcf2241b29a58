import pytest

from acr_program.workflow.seals import verify
from tests.factories import make_account, make_request, make_template


@pytest.fixture
def review(people):
    """A review of Rita's account in the wanted state: two contributors write, two leaders approve in order.

    Whatever the test did to it, its log must be sound afterwards, and each object stand where its log says (I1, I2, I7).
    """

    def make(status="draft", **fields):
        account = make_account(manager=people["rep"])
        account.designated_leaders.add(people["second leader"])
        make_template(contributors=(people["contributor"], people["second contributor"]))
        return make_request(status, account=account, **fields)

    yield make
    assert list(verify()) == []


@pytest.fixture
def offered(people):
    """What each person is offered with an object, in order; who is offered nothing is left out."""
    from acr_program.people.models import User
    from acr_program.workflow.offers import offers

    def table(obj):
        everybody = people | {"customer": User.objects.customer()}
        fresh = type(obj).objects.get(pk=obj.pk)
        names = {
            who: [offer.name for offer in offers(fresh, User.objects.get(pk=person.pk))]
            for who, person in everybody.items()
        }
        return {who: steps for who, steps in names.items() if steps}

    return table
