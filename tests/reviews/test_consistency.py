"""Whether every customer is told the same: what delivered documents carry, and who allowed what departs (R-06, M20)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from reviews.actions.deviating import propose
from reviews.models import Carried, Deviation, Section
from reviews.pages.composed import composed, inputs_of_versions
from reviews.pages.consistency import Share, consistency_of
from reviews.pages.standard import from_standard
from tests.factories import fresh, make_account, make_request, office, take
from tests.reviews.test_deviations import a_review, finish
from tests.reviews.work import LIST, queries_of, rendered, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("M20"), pytest.mark.demand("R-06")]

WHY = "We have known them for long."


def delivered(*deviating, **fields):
    """A review in the customer's hands, which says something else in these sections."""
    a_review("draft")  # a version with a standard text beside the letter
    request = make_request("gathering", **fields)
    for key in deviating:
        section = request.template.sections.get(key=key)
        one = propose(request, section, by=request.rep, text="Another text for them alone.", reason=WHY)
        take(one, "allow", office("manager"))
    finish(request)
    document = rendered(fresh(request))
    for approval in request.approvals.order_by("place"):
        take(approval, "approve", approval.approver, signs=fresh(approval).signs)
    assert fresh(request).status == "delivered", fresh(request).status
    return fresh(document)


def carried(document):
    return {row.section.key: row for row in document.carried.select_related("section", "deviation", "revision")}


def test_a_rendered_version_carries_each_section_of_standard_text_once(people):
    document = delivered("ordering")

    found = carried(document)
    wanted = Section.objects.filter(template=document.request.template, kind__in=("letter", "standard"))

    assert set(found) == set(wanted.values_list("key", flat=True))
    assert found["ordering"].deviation == Deviation.objects.get()
    assert found["ordering"].revision is None
    assert found["letter"].deviation is None
    assert found["letter"].revision.status == "current"


def test_what_is_noted_agrees_with_the_words_that_were_sealed(people):
    for document in (delivered("ordering"), delivered()):
        template = list(document.request.template.sections.order_by("place"))
        differing, _same = from_standard(composed(inputs_of_versions([document])[document.pk]), template)

        departs = {key for key, row in carried(document).items() if row.deviation_id}

        assert departs == {difference.section.key for difference in differing}


def test_the_share_is_of_sections_that_may_differ_and_each_departure_names_who_allowed_it_and_why(people):
    document = delivered("ordering")
    delivered()
    Section.objects.filter(key="letter").update(locked=True)
    Carried.objects.filter(section__key="letter").update(locked=True)
    rows = Carried.objects.all().delivered()
    free = rows.filter(locked=False).count()

    share = consistency_of(rows).whole
    page = signed_in(office("manager")).get(reverse("reviews:consistency")).content.decode()

    assert share == Share("All", 2, free, free - 1, 2)
    assert share.said == f"{100 * (free - 1) // free} %"
    assert f"Deviation {Deviation.objects.get().pk}" in page
    assert WHY in page
    assert office("manager").name in page
    assert document.get_absolute_url() in page


def test_it_can_be_narrowed_to_any_set_of_documents(people):
    first = delivered("ordering", account=make_account(name="Anise & Co.", manager=people["rep"], business_unit="Food"))
    delivered(account=make_account(name="Borage Ltd.", manager=people["rep"], business_unit="Drinks"))
    client = signed_in(office("manager"))

    def shown(**query):
        page = client.get(reverse("reviews:consistency"), query)
        return page.context["share"].whole.documents, page.context["share"].whole.departures

    assert shown() == (2, 1)
    assert shown(unit="Drinks") == (1, 0)
    assert shown(says="departs") == (1, 1)
    assert shown(audience="operational") == (0, 0)
    assert shown(template=first.request.template_id) == (1, 1)
    assert shown(rep=people["rep"].pk) == (2, 1)
    assert shown(q="borage") == (1, 0)


def test_what_nobody_has_in_hand_is_not_counted_and_a_leader_counts_what_they_see(people):
    request = make_request("gathering", account=make_account(manager=people["rep"]))
    finish(request)
    rendered(fresh(request))

    assert Carried.objects.exists()
    assert not Carried.objects.all().delivered().exists()
    delivered()
    assert Carried.objects.visible_to(people["rep"]).exists()
    assert signed_in(people["rep"]).get(reverse("reviews:consistency")).status_code == 403


def test_the_list_costs_the_same_for_many(people):
    client = signed_in(office("manager"))
    delivered("ordering")
    few = queries_of(client, reverse("reviews:consistency"))
    for _one in range(3):
        delivered("ordering")

    assert few == queries_of(client, reverse("reviews:consistency")) <= LIST
