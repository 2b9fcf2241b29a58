import pytest

from acr_program.workflow.seals import verify

from .work import a_review


@pytest.fixture
def review(people):
    """A review of Rita's account in the wanted state: two contributors write, two leaders approve in order.

    Whatever the test did to it, its log must be sound afterwards, and each object stand where its log says (I1, I2, I7).
    """

    yield lambda status="draft", **fields: a_review(people, status, **fields)
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
