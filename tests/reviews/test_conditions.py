"""Who sees a section: conditions as data, one function that decides, and every place that chooses sections asks it (R-05)."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from accounts.actions import say_fact
from acr_program.render.document import compose
from acr_program.workflow.edit import edit
from reviews import conditions
from reviews.actions import gather
from reviews.actions.deviating import why_not
from reviews.compiler import inputs_of
from reviews.gaps import gaps_of
from reviews.models import Section
from tests.factories import fresh, make_account, make_request, make_template, take

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-05"), pytest.mark.demand("features, 34")]

CASES = [
    ({}, True),
    ({"theater": ["EMEA"]}, True),
    ({"theater": ["AMER"]}, False),
    ({"theater": ["AMER", "EMEA"], "sector": ["Food"]}, True),
    ({"theater": ["EMEA"], "sector": ["Retail"]}, False),
    ({"business_unit": ["Chilled"]}, True),
    ({"business_unit": ["Dry"]}, False),
    ({"tier": ["standard"]}, True),
    ({"tier": ["strategic"]}, False),
    ({"tier": ["strategic", "standard"]}, True),
]


@pytest.fixture
def account(people):
    return make_account(sector="Food", business_unit="Chilled", theater="EMEA", manager=people["rep"])


def strategic(account, by):
    say_fact(account, by=by, seen=fresh(account).version, kind="strategic", since_on=localdate(), reason="They grow.")
    return fresh(account)


@pytest.mark.parametrize(("wanted", "expected"), CASES, ids=str)
def test_every_condition_is_met_by_one_of_its_values(account, wanted, expected):
    section = Section(conditions=wanted)

    assert conditions.applies(section, account) is expected
    assert conditions.reached(wanted).filter(pk=account.pk).exists() is expected


def test_a_strategic_account_is_of_another_tier(account, people):
    account = strategic(account, people["rep"])

    assert conditions.applies(Section(conditions={"tier": ["strategic"]}), account)
    assert not conditions.applies(Section(conditions={"tier": ["standard"]}), account)
    assert conditions.reached({"tier": ["strategic"]}).get() == account


@pytest.mark.parametrize(
    "odd",
    [[], {"name": ["x"]}, {"theater": "EMEA"}, {"theater": []}, {"theater": [1]}, {"sector": ["x" * 81]},
     {"sector": ["x"] * 41}, {"theater": [""]}, {"manager__password": ["x"]}],
    ids=str,
)  # fmt: skip
def test_a_condition_of_another_shape_is_refused(db, odd):
    with pytest.raises(ValidationError):
        Section(title="A word", conditions=odd).clean()


def test_the_sentence_counts_active_accounts(account, people):
    make_account("closed", theater="EMEA")
    make_account(theater="APAC")

    assert conditions.sentence({"theater": ["EMEA"]}) == (
        "Who will see this section: accounts with theater Europe, Middle East, Africa. That is 1 active account now."
    )
    assert conditions.sentence({}) == "Who will see this section: every account. That is 2 active accounts now."


@pytest.fixture
def split(people, account):
    """A published version whose second written section is for the Americas alone; the account is European."""
    template = make_template(contributors=(people["contributor"], people["second contributor"]))
    Section.objects.filter(template=template, key="part-3").update(conditions={"theater": ["AMER"]})
    return template


def test_only_sections_that_apply_are_asked_and_compiled(split, account, people):
    request = make_request("compiling", account=account)

    asked = [part.section.key for part in request.contributions.all()]
    said = [section["key"] for section in inputs_of(request.latest_document())["sections"]]

    assert asked == ["part-2"]
    assert said[:2] == ["letter", "part-2"]
    assert "part-3" not in said


@pytest.mark.parametrize("key", ["letter", "part-2", "figures", "team"])
def test_the_internal_edition_says_which_rule_chose_a_section(split, account, key):
    for place, kind in enumerate(("figures", "team"), start=8):
        Section.objects.create(template=split, place=place, key=kind, title=kind, kind=kind)
    Section.objects.filter(template=split, key=key).update(conditions={"theater": ["EMEA"]})
    inputs = inputs_of(make_request("compiling", account=account).latest_document())

    notes = {section["key"]: section.get("origin", {}).get("note") for section in inputs["sections"]}
    assert notes[key] == "In, for this account has theater Europe, Middle East, Africa."
    assert set(notes.values()) == {None, notes[key]}
    assert notes[key] in compose(inputs | {"editions": ["internal"]})["internal"]
    assert notes[key] not in compose(inputs | {"editions": ["screen"]})["screen"]


def test_an_american_account_gets_it(split, people):
    request = make_request("gathering", account=make_account(theater="AMER", manager=people["rep"]))

    assert [part.section.key for part in request.contributions.order_by("section__place")] == ["part-2", "part-3"]


def test_a_section_that_applies_no_more_is_no_gap(split, people):
    account = make_account(theater="AMER", manager=people["rep"])
    request = make_request("gathering", account=account)
    part = request.contributions.get(section__key="part-2")
    take(part, "submit", part.contributor, text="Words.")
    take(part, "accept", people["admin"])

    assert [gap.title for gap in gaps_of(fresh(request))] == ["Part 3"]
    edit(fresh(account), seen=fresh(account).version, by=people["admin"], theater="EMEA")
    assert gaps_of(fresh(request)) == []


def test_the_request_says_why_a_section_is_in_or_out(split, account, people, client):
    request = make_request("gathering", account=account)
    client.force_login(people["admin"])

    page = client.get(request.get_absolute_url()).content.decode()

    assert "Left out: it is for theater Americas; this account has theater Europe, Middle East, Africa." in page
    american = make_request("gathering", account=make_account(theater="AMER", manager=people["rep"]))
    assert "In, for this account has theater Americas." in client.get(american.get_absolute_url()).content.decode()


def test_a_section_that_is_left_out_cannot_be_deviated_from(split, account, people):
    Section.objects.filter(template=split, key="letter").update(conditions={"theater": ["AMER"]})
    request = make_request("gathering", account=account)

    assert why_not(request, split.sections.get(key="letter")).startswith("Left out: it is for theater Americas")


def test_a_section_left_out_is_no_departure_from_the_standard(split, account, people, client):
    Section.objects.filter(template=split, key="letter").update(conditions={"theater": ["AMER"]})
    request = make_request("in_approval", account=account)
    client.force_login(people["leader"])

    page = client.get(request.approvals.first().get_absolute_url() + "?against=standard")

    assert page.status_code == 200
    assert "Thank you." not in page.content.decode()


def test_a_section_that_begins_to_apply_is_asked_for_the_next_morning(split, account, people):
    request = make_request("gathering", account=account)
    Section.objects.filter(template=split, key="part-3").update(conditions={"tier": ["strategic"]})
    assert gather.ask_late() == 0

    strategic(account, people["rep"])

    assert (gather.ask_late(), gather.ask_late()) == (1, 0)
    late = request.contributions.get(section__key="part-3")
    assert (late.status, late.contributor, late.log().get().by) == (
        "requested",
        people["second contributor"],
        people["clock"],
    )
