"""Sections while they are gathered: which to read next, and what becomes of one the office goes on without."""

import html
import re

import pytest

from acr_program.ui.phrases import long_day
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.perform import perform
from reviews.forms.steps import CompileForm
from reviews.models import InformationRequest, ReviewRequest, Section
from tests.acting import fresh, office, take
from tests.factories import make_request
from tests.reviews.work import signed_in

pytestmark = pytest.mark.django_db


def with_one_optional_out():
    """Everything required is accepted; the review still waits for the optional section that is given beside it."""
    request = make_request("gathering")
    first, second = request.contributions.order_by("pk")
    Section.objects.filter(pk=second.section_id).update(required=False)
    take(first, "submit", first.contributor, text="Fine.")
    take(first, "accept", office("admin"))
    return fresh(request), fresh(second)


def test_a_section_left_out_waits_for_nobody_any_more():
    request, second = with_one_optional_out()
    assert fresh(request).status == "gathering"
    assert Obligation.objects.of(second).open().exists()

    perform(fresh(request), "start_compiling", by=office("admin"), seen=fresh(request).version)

    assert fresh(second).status == "withdrawn"
    assert not Obligation.objects.of(second).open().exists()
    assert fresh(request).latest_document() is not None
    assert second.log().filter(step="withdraw", detail__comment__contains="without this section").exists()


def test_of_several_sections_to_read_one_is_offered_by_its_name(as_person):
    made = make_request("gathering")
    for section in made.contributions.all():
        take(section, "submit", section.contributor, text="Fine.")
    soonest = made.contributions.order_by("pk").first()
    shown = as_person(office("admin")).get(made.get_absolute_url())
    buttons = re.findall(r'<a class="button" data-size="large"[^>]*>([^<]*)</a>', shown.content.decode())
    assert buttons == [f"Read the section “{soonest.section.title}”"]


def asks(request, **given):
    """The click on “Start compiling”, with the reason and what is ticked."""
    shown = fresh(request)
    return signed_in(office("admin")).post(
        f"{shown.get_absolute_url()}steps/start_compiling/",
        {"seen": shown.version, "key": "k", "comment": "They meet on Friday."} | given,
    )


def test_who_starts_compiling_is_told_what_would_be_left_out_and_asked_once():
    request, out = with_one_optional_out()
    url = f"{request.get_absolute_url()}steps/start_compiling/"

    asked = signed_in(office("admin")).get(url).content.decode()
    unticked = asks(request)
    kept = fresh(request).status, fresh(out).status
    ticked = asks(request, without="on")

    named = f"“{out.section.title}”, with {out.contributor.name} until {long_day(request.content_by)}"
    assert named in html.unescape(asked)
    assert (unticked.status_code, *kept) == (400, "gathering", "requested")
    assert named in html.unescape(unticked.content.decode())
    assert (ticked.status_code, fresh(out).status) == (302, "withdrawn")


def test_where_nothing_would_be_left_out_the_reason_alone_is_asked():
    request, out = with_one_optional_out()
    InformationRequest.objects.filter(pk=out.pk).update(status="accepted", text="Fine.")

    assert asks(request, comment="").status_code == 400
    assert asks(request).status_code == 302
    assert fresh(request).status == "compiling"


def test_for_many_reviews_it_is_asked_once_and_each_without_the_tick_is_refused_by_name():
    request, out = with_one_optional_out()
    why = {"comment": "They meet on Friday."}
    for_many = CompileForm(why, obj=ReviewRequest(), user=office("admin"))
    row = CompileForm(why, obj=request, user=office("admin"))

    assert (for_many.is_valid(), list(for_many.fields)) == (True, ["without", "comment"])
    assert (row.is_valid(), out.section.title in str(row.errors)) == (False, True)
