"""What can be done is found by its name, as a page and as a list under the box, for those it is for."""

import pytest
from django.urls import reverse

from acr_program.desk.commands import commands_for
from acr_program.desk.search import find_all
from acr_program.people.models import User
from tests.factories import make_account, make_request

from .asking import questions, text


def found(person, typed):
    user = User.objects.get(pk=person.pk)
    return {str(group.label): [str(hit.title) for hit in group.hits] for group in find_all(user, typed)}


@pytest.mark.demand("features, 18")
@pytest.mark.parametrize(
    ("typed", "title", "may", "may_not"),
    [
        ("request a review", "Request a review", "rep", "admin"),
        ("add an account", "Add an account", "admin", "rep"),
        ("new customer", "Add an account", "manager", "leader"),
        ("import", "Import a file", "admin", "auditor"),
        ("spreadsheet", "Import a file", "admin", "rep"),
        ("invite", "Invite somebody", "manager", "contributor"),
        ("keyboard", "Keyboard shortcuts", "contributor", None),
    ],
)
def test_acts_are_found_by_name_and_by_other_words_by_those_they_are_for(people, typed, title, may, may_not):
    assert title in found(people[may], typed)["Actions"]
    assert may_not is None or title not in found(people[may_not], typed).get("Actions", [])


def test_every_act_leads_to_a_page_that_lets_this_person_in(people, as_person):
    for who in ("rep", "admin", "manager", "leader", "contributor", "auditor", "executive"):
        client = as_person(people[who])
        for known in commands_for(User.objects.get(pk=people[who].pk)):
            assert client.get(reverse(known.url_name)).status_code in (200, 302, 409), (who, known.url_name)


def test_the_steps_open_on_what_is_found_lead_to_their_pages(people, as_person):
    review = make_request("submitted", account=make_account(name="Seaside", manager=people["rep"]))
    client = as_person(people["admin"])

    assert f"Accept: {review}" in found(people["admin"], "seaside")["Steps"]
    assert f"Accept: {review}" not in found(people["rep"], "seaside").get("Steps", [])
    part = client.get(reverse("desk:suggest"), {"q": "seaside"}).content.decode()
    assert f'href="{review.steps_url}accept/"' in part
    assert client.get(f"{review.steps_url}accept/").status_code == 200


def test_before_anything_is_typed_the_list_shows_what_one_can_do(people, as_person):
    part = as_person(people["rep"]).get(reverse("desk:suggest"))

    assert "Request a review" in text(part)
    assert "<html" not in part.content.decode()
    assert 'role="option"' in part.content.decode()


def test_what_is_typed_is_escaped_and_nothing_found_is_said(people, as_person):
    part = as_person(people["rep"]).get(reverse("desk:suggest"), {"q": "<b>nowhere"}).content.decode()

    assert "Nothing is called “&lt;b&gt;nowhere”" in part


def test_the_list_asks_as_little_as_the_page(people, as_person):
    for number in range(12):
        make_request("submitted", account=make_account(name=f"Chain {number:02}", manager=people["rep"]))
    client = as_person(people["admin"])

    assert len(questions(client, "/search/suggest/?q=chain")) <= 8


def test_the_keys_are_on_a_page_too(people, as_person):
    assert "Keyboard shortcuts" in text(as_person(people["rep"]).get(reverse("desk:shortcuts")))
