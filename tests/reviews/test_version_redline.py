"""What differs between two versions of the standard template, section by section, on a page of its own (R-04)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from acr_program.workflow.edit import begin
from reviews.models import Section, TemplateVersion
from reviews.pages.version_redline import VersionRedline
from tests.factories import fresh, make_function, make_template, make_user, office
from tests.reviews.work import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-04", "features, 30")]


def version(rows: list[dict[str, Any]], audience: str = "executive") -> TemplateVersion:
    """A draft with these sections in this order."""
    last = TemplateVersion.objects.filter(audience=audience).first()
    made = begin(TemplateVersion(audience=audience, number=last.number + 1 if last else 1), by=office("manager"))
    plain = {"kind": "standard", "body": "As ever."}
    Section.objects.bulk_create(
        Section(template=made, place=place, **({"title": row["key"].title()} | plain | row))
        for place, row in enumerate(rows, start=1)
    )
    return made


def told(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> dict[str, tuple[list[str], str, list[Any], str]]:
    """For each section that differs: its marks, its words, its rules, and where it stands."""
    then, now = version(old), version(new)
    return {
        one.key: (
            [str(label) for label, _tone in one.marks],
            "|".join(f"{label}: {shown}" for label, shown in one.texts),
            [(rule.name, rule.old, rule.new) for rule in one.attributes],
            one.moved,
        )
        for one in VersionRedline(now=now, then=then).changes
    }


A, B, C = {"key": "a"}, {"key": "b"}, {"key": "c"}


def test_a_section_that_is_new_is_told_with_its_words_and_its_rules():
    found = told([A], [A, B | {"required": True, "locked": True, "title": "New"}])

    assert found == {
        "b": (
            ["Section added"],
            "Title: <ins>New</ins>|Standard text: <ins>As ever.</ins>",
            [("Kind", "", "Standard text"), ("Required", "", "yes"), ("Locked", "", "yes")],
            "",
        )
    }


def test_a_section_that_is_gone_is_told_with_its_words_and_stands_last():
    found = told([B, A], [A, C])

    assert list(found) == ["c", "b"]
    assert found["b"] == (["Section removed"], "Title: <del>B</del>|Standard text: <del>As ever.</del>", [], "")


def test_words_are_told_one_by_one():
    found = told([A | {"body": "Call us by noon.\n\nAlways."}], [A | {"body": "Call us by ten.\n\nAlways."}])

    assert found == {"a": (["Words changed"], "Standard text: Call us by <del>noon</del><ins>ten</ins>.", [], "")}


def test_a_section_that_moved_is_told_alone_and_not_those_it_passed():
    found = told([A, B, C], [C, A, B])
    again = told([A, B, C], [B, C, A])

    assert found == {"c": (["Moved"], "", [], "now the first")}
    assert again == {"a": (["Moved"], "", [], "now after “C”")}


def test_one_that_is_pushed_down_by_a_new_one_has_not_moved():
    assert list(told([A, B], [C, A, B])) == ["c"]


def test_the_same_words_set_in_another_way_are_told():
    assert told([A | {"body": "One\ntwo"}], [A | {"body": "One\n\ntwo"}])["a"][0] == ["Set in another way"]


RULES = {
    "kind": ("input", "Kind", "Standard text", "Contributor input"),
    "required": (False, "Required", "yes", "no"),
    "locked": (True, "Locked", "no", "yes"),
    "max_words": (80, "Most words", "none", "80"),
}


@pytest.mark.parametrize("name", RULES)
def test_each_rule_is_told(name: str):
    value, label, before, after = RULES[name]

    assert told([A], [A | {name: value}])["a"][::2] == (["Rules changed"], [(label, before, after)])


def test_whom_it_is_for_is_told_as_people_say_it():
    found = told([A], [A | {"conditions": {"theater": ["EMEA"], "tier": ["strategic"]}}])

    whom = "theater Europe, Middle East, Africa and tier strategic for us"
    assert found["a"][2] == [("Only for", "every account", whom)]


def test_another_owner_is_told_by_name():
    quality = make_function("Quality")

    assert told([A], [A | {"function": quality}])["a"][2] == [("Owning function", "none", "Quality")]


def test_what_is_the_same_is_not_told():
    assert told([A, B], [dict(A), B]) == {}


def test_mark_up_in_a_text_is_shown_and_never_drawn():
    found = told([A], [A | {"title": "<script>x</script>", "body": "<img src=x>"}])["a"]

    assert "<script" not in found[1]
    assert "<img" not in found[1]
    assert "&lt;" in found[1]


# The page


def url(template: TemplateVersion, **query: Any) -> str:
    return reverse("reviews:template-changes", args=[template.pk], query=query)


def test_it_is_compared_with_the_one_before_unless_another_is_chosen():
    versions = [version([A | {"body": f"In version {n}."}]) for n in (1, 2, 3)]
    client = signed_in(office("manager"))

    before = client.get(url(versions[2])).content.decode()
    first = client.get(url(versions[2], against=versions[0].pk)).content.decode()

    assert "From version 2 to version 3" in before
    assert "<del>2</del><ins>3</ins>" in before
    assert "From version 1 to version 3" in first
    assert "<del>1</del><ins>3</ins>" in first


def test_the_first_is_compared_with_the_next_and_one_alone_with_nothing():
    first = version([A])
    client = signed_in(office("manager"))

    assert "There is no other version yet" in client.get(url(first)).content.decode()
    version([B])
    assert "From version 2 to version 1" in client.get(url(first)).content.decode()


def test_a_version_for_others_is_never_compared_with(people):
    executive, operational = version([A]), version([B], "operational")

    page = signed_in(office("manager")).get(url(executive, against=operational.pk))

    assert "There is no other version yet" in page.content.decode()


def test_its_page_leads_there_and_who_sees_no_template_sees_no_difference():
    template = fresh(make_template())

    page = signed_in(office("manager")).get(template.get_absolute_url()).content.decode()

    assert url(template) in page
    assert signed_in(make_user("rep")).get(url(template)).status_code == 404


def test_a_page_costs_the_same_for_many_sections():
    costs = []
    for number in (2, 40):
        then = [{"key": f"s{n}", "body": "Old."} for n in range(number)]
        version(then)
        now = version([row | {"body": "New.", "function": make_function()} for row in then])
        costs.append(queries_of(signed_in(office("manager")), url(now)))

    assert costs[0] == costs[1] <= 8
