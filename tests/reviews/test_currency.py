"""How current the template is, on the charter's page (G-07)."""

from datetime import date

import pytest
from django.urls import reverse

from acr_program.charter.models import Program
from reviews.models import TemplateVersion
from reviews.pages.currency import currencies, next_asking
from tests.desk.asking import questions, text
from tests.factories import make_program, make_template, office, take
from tests.reviews.library import let_go_stale, the_text

pytestmark = [pytest.mark.demand("G-07"), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("on", "asked"),
    [
        (date(2026, 11, 30), date(2027, 1, 1)), (date(2026, 8, 1), date(2026, 10, 1)),
        (date(2026, 10, 1), date(2027, 1, 1)), (date(2028, 1, 1), date(2028, 1, 3)),
    ],
)  # fmt: skip
def test_contributors_are_asked_on_the_first_working_day_of_a_quarter(on, asked):
    assert next_asking(on) == asked


def test_each_audience_has_its_version_with_the_texts_that_are_fresh_and_stale(people):
    make_program()
    template = make_template("executive", contributors=(people["contributor"],))
    fresh = the_text("letter")
    before = {one.audience: one for one in currencies(date.today())}
    let_go_stale(fresh.item.key)
    after = {one.audience: one for one in currencies(date.today())}

    executive, operational = before["Executive"], before["Operational"]
    assert (executive.version, executive.since is not None) == (template, True)
    assert (executive.stale, after["Executive"].stale) == (0, 1)
    assert after["Executive"].fresh == executive.texts - 1
    assert (operational.version, operational.since, operational.texts) == (None, None, 0)


def test_the_charter_says_it_to_everybody_and_links_it_for_those_who_may_open_it(people, as_person):
    program = make_program()
    template = make_template("executive", contributors=(people["contributor"],))
    path, link = reverse("charter:program", args=[program.pk]), f'href="{template.get_absolute_url()}"'
    for who in ("rep", "executive", "manager"):
        page = as_person(people[who]).get(path)
        assert "How current the template is" in text(page), who
        assert "no version is published" in text(page), who
        assert (link in page.content.decode()) is (who == "manager"), who


def test_a_version_that_retires_is_not_in_force_any_more(people):
    make_program()
    template = make_template("executive", contributors=(people["contributor"],))
    take(TemplateVersion.objects.get(pk=template.pk), "retire", office("manager"))

    assert {one.version for one in currencies(date.today())} == {None}


def test_the_charter_stays_within_its_queries(people, as_person):
    make_program()
    make_template("executive", contributors=(people["contributor"],))
    make_template("operational", contributors=(people["contributor"],))

    asked = questions(as_person(people["manager"]), reverse("charter:program", args=[Program.objects.get().pk]))

    assert len(asked) <= 15
