import pytest

from acr_program.desk.search import find_all
from acr_program.people.models import User
from tests.factories import make_account, make_request, make_user

from .asking import questions, text


def titles(person, typed):
    user = User.objects.get(pk=person.pk)
    return {str(found.label): [str(hit.title) for hit in found.hits] for found in find_all(user, typed)}


def test_accents_and_case_do_not_matter(people):
    make_account(name="Königlich Essen", city="Brandenburg")

    assert titles(people["admin"], "KONIGLICH")["Accounts"] == ["Königlich Essen"]
    assert titles(people["admin"], "essen brandenburg")["Accounts"] == ["Königlich Essen"]


def test_only_what_one_may_see_is_found(people):
    make_account(name="Mine Foods", manager=people["rep"])
    make_account(name="Theirs Foods")

    assert titles(people["rep"], "foods")["Accounts"] == ["Mine Foods"]
    assert "Accounts" not in titles(people["contributor"], "foods")
    assert titles(people["leader"], "foods")["Accounts"] == ["Mine Foods"]


def test_requests_are_found_by_account_and_rep(people):
    review = make_request(account=make_account(name="Seaside", manager=people["rep"]))

    assert titles(people["rep"], "seaside")["Requests"] == [str(review)]
    assert titles(people["admin"], "rita")["Requests"] == [str(review)]
    assert "Requests" not in titles(people["stranger"], "seaside")


def test_people_and_places_are_found(people):
    assert titles(people["rep"], "cora")["People"] == ["Cora Contributor"]
    assert titles(people["rep"], "the clock") == {}
    assert "Machines" in titles(people["admin"], "machi")["Actions"]
    assert "Actions" not in titles(people["rep"], "machi")


@pytest.mark.parametrize("typed", ["", "a", " ", "\x00", "%", "é"])
def test_too_little_finds_nothing(people, typed):
    assert titles(people["admin"], typed) == {}


def test_signs_of_the_database_are_letters_like_others(people):
    make_account(name="Half 50% off")
    make_account(name="Half 500 off")

    assert titles(people["admin"], "50%")["Accounts"] == ["Half 50% off"]


def test_ten_of_each_and_a_word_that_there_are_more(people, as_person):
    for number in range(12):
        make_account(name=f"Chain {number:02}")

    page = text(as_person(people["admin"]).get("/search/?q=chain"))

    assert "Chain 09" in page
    assert "Chain 10" not in page
    assert "More is found" in page


def test_the_page_keeps_what_was_typed_and_says_when_nothing_is_found(people, as_person):
    client = as_person(people["rep"])

    page = client.get("/search/", {"q": "<b>nowhere"})

    assert 'value="&lt;b&gt;nowhere"' in page.content.decode()
    assert "Nothing is called" in text(page)
    assert "What are you looking for?" in text(client.get("/search/"))
    assert client.get("/search/", {"q": "x" * 5000}).status_code == 200


def test_search_asks_the_same_for_many_as_for_one(people, as_person):
    client = as_person(people["admin"])
    make_request(account=make_account(name="Alpha One"))
    few = len(questions(client, "/search/?q=alpha"))
    for number in range(4):
        make_request(account=make_account(name=f"Alpha {number}", manager=make_user("rep", name=f"Alpha Rep {number}")))

    assert len(questions(client, "/search/?q=alpha")) == few
    assert few <= 8
