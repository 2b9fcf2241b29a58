"""What one review may say in place of the standard: proposed, allowed by the program manager alone, marked, listed (R-03)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from acr_program.workflow.edit import begin
from acr_program.workflow.errors import Refused, StepBlocked
from acr_program.workflow.log import LogEntry
from reviews.actions.deviating import propose
from reviews.models import Deviation, Section
from tests.factories import fresh, make_request, make_template, office, take, try_out
from tests.reviews.work import page_of, queries_of, rendered, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-03")]
OTHER = "Write to us; we answer within a day."


def a_review(status="gathering", *, locked=False, slot=False):
    """A review whose template has one section to write and one standard text."""
    template = make_template(sections=1, status="draft")
    Section.objects.create(
        template=template, place=9, key="ordering", title="Ordering", kind="standard", body="Call us by noon.", locked=locked,
    )  # fmt: skip
    if slot:
        Section.objects.create(template=template, place=8, key="word", title="A word of mine", kind="input", slot=True)
    try_out(template)
    take(template, "publish", office("manager"))
    return make_request(status)


def standard(request):
    return request.template.sections.get(key="ordering")


def proposed(request, by=None):
    return propose(request, standard(request), by=by or request.rep, text=OTHER, reason="They have no telephone.")


def text_of(request):
    """What the newest document says in that place, with its origin."""
    inputs = fresh(request).latest_document().render_inputs()
    return next(section for section in inputs["sections"] if section["key"] == "ordering")


def finish(request):
    for section in request.contributions.filter(status="requested"):
        take(section, "submit", section.contributor, text="We kept our word.")
        take(section, "accept", office("admin"))


def test_an_allowed_deviation_stands_in_the_document_and_is_marked():
    request = a_review()
    take(proposed(request), "allow", office("manager"))

    finish(request)

    said = text_of(request)
    assert OTHER in said["html"]
    assert "noon" not in said["html"]
    assert said["origin"]["deviation"] == f"They have no telephone. Proposed by {request.rep.name}."
    document = rendered(request)
    assert "Deviates from the standard" in page_of(office("admin"), document)


def test_the_standard_of_every_other_review_stays():
    request, other = a_review(), make_request("gathering")
    take(proposed(request), "allow", office("manager"))

    finish(other)

    assert "Call us by noon." in text_of(other)["html"]
    assert "deviation" not in text_of(other)["origin"]


@pytest.mark.demand("R-15")
def test_a_proposed_one_keeps_the_document_from_being_compiled_and_is_named():
    request = a_review()
    deviation = proposed(request)
    finish(request)

    with pytest.raises(StepBlocked) as blocked:
        take(request, "start_compiling", office("admin"))

    assert f"“Ordering”, proposed by {request.rep.name}" in str(blocked.value.sentence)
    assert fresh(request).status == "gathering"
    take(deviation, "allow", office("manager"))
    assert fresh(request).status == "compiling"


@pytest.mark.parametrize(("step", "who"), [("refuse", "manager"), ("withdraw", "admin"), ("withdraw", "rep")])
def test_left_out_by_a_decision_the_review_goes_on_with_the_standard(step, who):
    request = a_review()
    deviation = proposed(request)
    finish(request)

    take(deviation, step, request.rep if who == "rep" else office(who), comment="The standard will do.")

    assert fresh(request).status == "compiling"
    assert "Call us by noon." in text_of(request)["html"]


def test_proposed_while_compiling_it_holds_the_approval_back_until_it_is_decided():
    request = a_review()
    finish(request)
    deviation = proposed(fresh(request))
    rendered(request)
    held = fresh(request).status

    take(deviation, "refuse", office("manager"), comment="No.")

    assert (held, fresh(request).status) == ("compiling", "in_approval")


def test_allowed_while_compiling_the_document_is_made_anew():
    request = a_review()
    finish(request)
    deviation = proposed(fresh(request))
    first = rendered(request)

    take(deviation, "allow", office("manager"))

    assert fresh(first).status == "void"
    assert OTHER in text_of(request)["html"]


@pytest.mark.demand("features, 40")
def test_of_a_locked_section_there_is_never_another_text():
    request = a_review(locked=True)

    with pytest.raises(Refused, match="locked"):
        proposed(request)
    page = signed_in(request.rep).post(
        f"/reviews/{request.pk}/deviate/ordering/", {"text": OTHER, "reason": "x", "key": "k"}
    )

    assert page.status_code == 409
    assert OTHER in page.content.decode()
    assert not Deviation.objects.exists()


@pytest.mark.demand("features, 40")
def test_a_section_locked_behind_the_programs_back_is_compiled_as_the_standard():
    """Whatever way a row came about: it is not read where the section is locked."""
    request = a_review()
    take(proposed(request), "allow", office("manager"))
    Section.objects.filter(key="ordering").update(locked=True)

    finish(request)

    assert "Call us by noon." in text_of(request)["html"]


def test_one_text_at_a_time_holds_in_the_database_too():
    request = a_review()
    proposed(request)

    with pytest.raises(Refused, match="Another text"):
        proposed(request)
    with pytest.raises(IntegrityError), transaction.atomic():
        begin(
            Deviation(request=request, section=standard(request), text="x", reason="y", proposed_by=request.rep),
            by=request.rep,
        )


@pytest.mark.parametrize("who", ["contributor", "leader", "auditor", "executive"])
def test_nobody_else_proposes_one(people, who):
    request = a_review()

    with pytest.raises(PermissionDenied):
        proposed(request, by=people[who])


@pytest.mark.parametrize("who", ["admin", "leader", "contributor", "auditor", "rep"])
def test_nobody_but_the_program_manager_allows_it(people, who):
    request = a_review()
    deviation = proposed(request)

    with pytest.raises(PermissionDenied):
        take(deviation, "allow", request.rep if who == "rep" else people[who])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Call us by noon.", "Not a word differs"),
        ("{% for a in (1..9999999) %}x{% endfor %}", "Between braces only these"),
        ("Dear {{ password }}", "Between braces only these"),
        ("x" * 70_000, "at most 60000 characters"),
    ],
)
def test_what_cannot_be_printed_is_said_where_it_was_typed(text, says):
    request = a_review()
    url = f"/reviews/{request.pk}/deviate/ordering/"

    page = signed_in(request.rep).post(url, {"text": text, "reason": "Because.", "key": "k1"})

    assert page.status_code == 400
    assert says in page.content.decode()
    assert not Deviation.objects.exists()


def test_proposed_on_the_page_it_is_one_however_often_it_is_sent(mails):
    request = a_review()
    url, given = f"/reviews/{request.pk}/deviate/ordering/", {"text": OTHER, "reason": "No telephone.", "key": "k1"}
    client = signed_in(request.rep)
    client.get(url)
    mails()

    first, second = client.post(url, given), client.post(url, given)

    deviation = Deviation.objects.get()
    assert first.url == second.url == deviation.get_absolute_url()
    assert [mail.to for mail in mails()] == [[office("manager").email]]
    assert "Allow the deviation" in page_of(office("manager"), deviation)
    assert "Allow the deviation" not in page_of(request.rep, deviation)


def test_every_exception_is_listed_with_its_log():
    request = a_review()
    deviation = proposed(request)
    take(deviation, "refuse", office("manager"), comment="The standard will do.")

    client = signed_in(office("manager"))

    assert client.get("/reviews/deviations/").context["page"].objects == [deviation]
    steps = LogEntry.objects.of(deviation).order_by("version").values_list("step", "by__email")
    assert list(steps) == [("create", request.rep.email), ("refuse", office("manager").email)]
    assert queries_of(client, "/reviews/deviations/") <= 8
    assert queries_of(client, deviation.get_absolute_url()) <= 15


def test_a_cancelled_review_asks_the_manager_nothing():
    request = a_review()
    deviation = proposed(request)

    take(request, "cancel", office("admin"), comment="They moved.")

    assert fresh(deviation).status == "withdrawn"
