"""A draft of the standard template: begun from what is published, edited by the manager alone, each change in its log (R-04)."""

import pytest
from django.urls import reverse

from acr_program.workflow.errors import Refused, Stale
from reviews.actions import template_editing as act
from reviews.choices import Shows
from reviews.models import Section, TemplateVersion, Trial
from reviews.trying import inputs_on
from tests.factories import (
    fresh,
    make_account,
    make_function,
    make_program,
    make_template,
    make_year,
    take,
    try_out,
)

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-04"), pytest.mark.demand("features, 32")]


@pytest.fixture
def published(people):
    make_program()
    make_year()
    return make_template(contributors=(people["contributor"], people["second contributor"]))


@pytest.fixture
def draft(published, people):
    return act.begin_draft(published, by=people["manager"])[0]


@pytest.fixture
def manager(client, people):
    client.force_login(people["manager"])
    return client


def keys(template):
    return list(template.sections.order_by("place").values_list("key", flat=True))


def words(template, **fields):
    """A section as the form sends it."""
    given = {"title": "Cold chain", "kind": "standard", "body": "<p>Never above 4 °C.</p>", "required": "on"}
    return given | {"seen": fresh(template).version, "key": "k-1"} | fields


def edit_url(template, key="letter"):
    return reverse("reviews:section-edit", args=[template.pk, key])


def test_a_draft_is_begun_with_every_section_as_it_stands(published, people):
    Section.objects.filter(template=published, key="part-3").update(conditions={"theater": ["AMER"]}, max_words=90)

    draft, is_new = act.begin_draft(published, by=people["manager"])

    aside = {"id", "template_id"}
    rows = [
        [{k: v for k, v in row.items() if k not in aside} for row in of.sections.values()] for of in (published, draft)
    ]
    assert rows[0] == rows[1]
    assert (is_new, draft.status, draft.number) == (True, "draft", published.number + 1)
    assert draft.log().get().detail.comment == f"Begun from {published}."


def test_an_audience_has_one_draft_at_a_time(published, draft, manager):
    answer = manager.post(reverse("reviews:template-draft", args=[published.pk]), {"key": "k"}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("reviews:template-edit", args=[draft.pk])
    assert "There is a draft already" in answer.content.decode()
    assert TemplateVersion.objects.filter(status="draft").count() == 1


def test_a_discarded_number_is_not_given_again(published, draft, people):
    take(draft, "discard", people["manager"])

    again, is_new = act.begin_draft(published, by=people["manager"])

    assert (is_new, again.number) == (True, draft.number + 1)


def test_a_draft_does_not_begin_from_a_version_that_retired(published, draft, manager, people):
    try_out(draft)
    take(draft, "publish", people["manager"])

    answer = manager.post(reverse("reviews:template-draft", args=[published.pk]), {"key": "k"})

    assert answer.status_code == 409
    assert "not published any more" in answer.content.decode()


@pytest.mark.parametrize("who", ["admin", "leader", "auditor"])
def test_whoever_reads_does_not_edit(published, draft, client, people, who):
    client.force_login(people[who])

    page = client.get(draft.get_absolute_url())
    doors = [
        edit_url(draft),
        *(reverse(f"reviews:template-{name}", args=[draft.pk]) for name in ("edit", "trials")),
    ]

    assert page.status_code == 200
    assert "Edit the draft" not in page.content.decode()
    assert [client.get(door).status_code for door in doors] == [403] * 3
    assert client.post(edit_url(draft), words(draft)).status_code == 403
    assert client.post(reverse("reviews:template-draft", args=[published.pk]), {"key": "k"}).status_code == 403
    with pytest.raises(Exception, match="edited by the program manager"):
        act.begin_draft(published, by=people[who])


def test_what_is_published_cannot_be_edited(published, manager):
    before = list(published.sections.values())

    answer = manager.post(edit_url(published), words(published))

    assert answer.status_code == 409
    assert "Only a draft can be edited" in answer.content.decode()
    assert "Never above 4" in answer.content.decode()  # what was typed, to copy
    assert list(published.sections.values()) == before


def test_a_section_is_added_with_all_it_may_say(draft, manager):
    function = make_function("Cold store")
    make_account(theater="AMER", sector="Food")
    given = words(
        draft, title="What {{ customer.name }} keeps cold", lede="Measured each day.", function=function.pk, guidance="Say where.",
        max_words="120", locked="on", theater=["AMER"], sector=["Food"], tier=["strategic"],
    )  # fmt: skip

    answer = manager.post(reverse("reviews:section-new", args=[draft.pk]), given)

    added = draft.sections.get(title__startswith="What")
    assert answer.url == reverse("reviews:template-edit", args=[draft.pk])
    assert (added.key, added.place) == ("what-customername-keeps-cold", 4)
    assert added.body == "<p>Never above 4 °C.</p>"
    assert added.conditions == {"sector": ["Food"], "theater": ["AMER"], "tier": ["strategic"]}
    assert (added.function, added.max_words, added.locked, added.required) == (function, 120, True, True)
    entry = fresh(draft).log().last()
    assert (entry.version, entry.detail.comment) == (2, "“What … keeps cold” added.")
    assert entry.detail.data["changed"]["conditions"] == [None, added.conditions]


def test_the_same_click_adds_once(draft, manager):
    given = words(draft)
    for _ in range(2):
        manager.post(reverse("reviews:section-new", args=[draft.pk]), given)

    assert draft.sections.filter(title="Cold chain").count() == 1


def test_names_of_sections_are_free_and_never_the_documents_own(draft, people):
    for number, title in enumerate(("Notes", "Notes", "Contents", "2026", "Ä ö")):
        fields = {"title": title, "kind": "standard"}
        act.add_section(draft, fields, by=people["manager"], seen=fresh(draft).version, key=f"n-{number}")

    assert keys(draft)[3:] == ["notes-2", "notes-3", "contents-2", "s-2026", "a-o"]


def test_a_change_is_logged_as_it_stood_and_as_it_stands(draft, manager):
    answer = manager.post(
        edit_url(draft), words(draft, title="A word", kind="letter", body="<p>Thank <strong>you</strong>.</p>")
    )

    entry = fresh(draft).log().last()
    assert answer.status_code == 302
    assert entry.detail.data["changed"]["body"] == ["Thank you.", "<p>Thank <strong>you</strong>.</p>"]
    assert "title" not in entry.detail.data["changed"]


def test_keeping_the_same_words_writes_nothing(draft, manager):
    page = manager.get(edit_url(draft))
    form = page.context["form"]
    given = {name: form[name].value() for name in form.fields if form[name].value()}

    manager.post(edit_url(draft), given | {"seen": draft.version, "key": "k"})

    assert fresh(draft).version == 1


def test_whoever_was_slower_keeps_what_they_typed(draft, manager, people):
    seen = draft.version
    act.move_section(draft.sections.get(key="letter"), 1, by=people["manager"], seen=seen, key="a")

    answer = manager.post(edit_url(draft), words(draft, seen=seen, body="<p>Mine, all of it.</p>"))

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Max Manager" in page
    assert "Mine, all of it." in page
    assert draft.sections.get(key="letter").body == "Thank you."
    again = words(draft, seen=answer.context["template"].version, body="<p>Mine, all of it.</p>", key="b")
    assert manager.post(edit_url(draft), again).status_code == 302


def test_sections_move_by_buttons_and_keep_the_focus(draft, manager):
    url = reverse("reviews:template-order", args=[draft.pk])

    up = manager.post(url, {"move": "up part-3", "seen": 1, "key": "a"})
    manager.post(url, {"move": "down letter", "seen": 2, "key": "b"})
    manager.post(url, {"move": "up part-3", "seen": 3, "key": "c"})  # it stands first already: nothing is written

    assert up.url.endswith("#up-part-3")
    assert keys(draft) == ["part-3", "letter", "part-2"]
    assert fresh(draft).version == 3
    assert fresh(draft).log().last().detail.data["changed"]["order"][1] == keys(draft)


def test_sections_are_ordered_as_they_were_dragged(draft, manager):
    url = reverse("reviews:template-order", args=[draft.pk])

    assert manager.post(url, {"order": ["part-2", "part-3", "letter"], "seen": 1, "key": "a"}).status_code == 302
    assert keys(draft) == ["part-2", "part-3", "letter"]
    stale = manager.post(url, {"order": ["letter", "part-2", "part-3"], "seen": 1, "key": "b"})
    odd = manager.post(url, {"order": ["letter", "letter", "part-3"], "seen": 2, "key": "c"})
    assert (stale.status_code, odd.status_code) == (409, 409)
    assert keys(draft) == ["part-2", "part-3", "letter"]


def test_a_section_is_removed_after_a_question(draft, published, manager):
    url = reverse("reviews:section-remove", args=[draft.pk, "part-3"])

    assert "Remove “Part 3”?" in manager.get(url).content.decode()
    assert manager.post(url, {"seen": 1, "key": "a"}).status_code == 302

    assert keys(draft) == ["letter", "part-2"]
    assert "part-3" in keys(published)


@pytest.mark.parametrize(
    ("field", "given", "says"),
    [
        (
            "shows",
            {"kind": "standard", "shows": "quarters"},
            "A chart or table stands in a section of customer figures",
        ),
        ("slot", {"kind": "standard", "slot": "on"}, "A representative fills a section that contributors write"),
        ("body", {"kind": "figures"}, "Only a letter and a standard text say something themselves"),
        ("title", {"title": ""}, "still missing"),
        ("title", {"title": "x" * 121}, "at most 120"),
        ("max_words", {"max_words": "3"}, "At least 10"),
        ("theater", {"theater": ["MARS"]}, "not one of the available"),
    ],
)
def test_what_does_not_fit_together_is_said_beside_its_field(draft, manager, field, given, says):
    answer = manager.post(edit_url(draft), words(draft, **given))

    assert answer.status_code == 400
    assert says in " ".join(answer.context["form"].errors[field])


@pytest.mark.parametrize("shows", Shows.values)
def test_a_chart_or_table_stands_in_a_section_of_figures(draft, manager, shows):
    given = words(draft, title="A picture", kind="figures", shows=shows, body="")

    manager.post(reverse("reviews:section-new", args=[draft.pk]), given)

    made = inputs_on(fresh(draft), make_account())["sections"]
    assert next(one for one in made if one["key"] == "a-picture")["shows"] == shows


def test_publishing_shows_what_is_missing_and_needs_a_rendering(draft, manager, people):
    account = make_account()
    url = reverse("reviews:template-edit", args=[draft.pk])

    page = manager.get(url).content.decode()
    refused = manager.post(f"{draft.get_absolute_url()}steps/publish/", {"seen": draft.version, "key": "p"})

    assert "as it stands now it has not been rendered without an error" in page
    assert refused.status_code == 409
    Trial.objects.create(
        template=draft,
        at_version=draft.version,
        account=account,
        asked_by=people["manager"],
        state="failed",
        error="No page.",
    )
    assert f"Rendered on {account}, it failed: No page." in manager.get(url).content.decode()
    try_out(draft)
    assert [check.missing for check in manager.get(url).context["page"].checks] == [""] * 4
    assert manager.post(f"{draft.get_absolute_url()}steps/publish/", {"seen": 1, "key": "q"}).status_code == 302
    assert (fresh(draft).status, fresh(draft).sections.count()) == ("published", 3)


def test_the_actions_refuse_by_themselves(draft, published, people):
    letter = draft.sections.get(key="letter")

    with pytest.raises(Stale):
        act.change_section(letter, {"title": "x"}, by=people["manager"], seen=0)
    with pytest.raises(Refused, match="Only a draft"):
        act.remove_section(published.sections.get(key="letter"), by=people["manager"], seen=fresh(published).version)
    with pytest.raises(Exception, match="program manager"):
        act.move_section(letter, 1, by=people["admin"], seen=1)
    assert keys(draft) == ["letter", "part-2", "part-3"]
