"""The document beside the account's last delivered review: new, gone and changed, for whoever may read it (M3)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from acr_program.charter.models import ProgramYear
from acr_program.files.models import StoredFile
from reviews.models import Document
from tests.factories import fresh, make_account, make_function, make_user, make_year, office, take
from tests.reviews.newer import a_newer
from tests.reviews.work import RECORD, page_of, queries_of, signed_in, to_approval, year_2019

pytestmark = [pytest.mark.django_db, pytest.mark.demand("M3")]


def url(document: Document) -> str:
    return reverse("reviews:last-year", args=[document.pk])


def shown(document: Document, person: Any = None) -> str:
    return signed_in(person or office("admin")).get(url(document)).content.decode()


def delivered(text: str, year: ProgramYear, account: Any, **fields: Any) -> Document:
    """Approved by all, so that the customer has it."""
    approval = to_approval(text, account=account, year=year, **fields)
    take(approval, "approve", approval.approver, signs=approval.signs)
    assert fresh(approval.request).status == "delivered"
    return fresh(approval.document)


def ready(text: str, account: Any, **fields: Any) -> Document:
    return to_approval(text, account=account, year=make_year(), **fields).document


def test_words_that_changed_stand_under_changed_and_what_is_the_same_is_folded_away():
    account = make_account()
    delivered("The harbour was closed.", year_2019(), account)

    page = shown(ready("The harbour was open.", account))

    assert "The harbour was <del>closed</del><ins>open</ins>." in page
    assert [page.count(f'id="{anchor}"') for anchor in ("new", "changed", "gone")] == [0, 1, 0]
    assert "the same, word for word" in page


def test_a_section_that_is_new_and_one_that_is_gone_stand_under_their_own_heads():
    account = make_account()
    delivered("The harbour was closed.", year_2019(), account)
    quality = make_function("Quality")
    a_newer(without=("part-2",), add=({"key": "quality", "function": quality, "title": "Quality"},))

    page = shown(ready("No claims.", account))
    new, rest = page.split('id="new"')[1].split('id="changed"')[0], page.split('id="gone"')[1]

    assert "<ins>No claims.</ins>" in new
    assert "<del>The harbour was closed.</del>" in rest
    assert "1 section is new" in page
    assert "1 is gone" in page


def test_only_what_was_delivered_counts():
    account = make_account()
    past = year_2019()
    to_approval("Never delivered.", account=account, year=past)

    assert "There is no earlier review" in shown(ready("The harbour was open.", account))


def test_the_last_one_counts_and_the_same_audience_before_another():
    account = make_account()
    first = make_year(label="2018", begins_on="2018-01-01", ends_on="2018-12-31")
    delivered("In 2018.", fresh(first), account)
    before = delivered("In 2019.", year_2019(), account)
    document = ready("Now.", account)

    assert signed_in(office("admin")).get(url(document)).context["page"].then == before


def test_where_the_audience_has_none_the_other_is_taken_and_named():
    account = make_account()
    before = delivered("In 2019.", year_2019(), account, audience="operational")

    page = shown(ready("Now.", account))

    assert f"Compared with {before.request}" in page


def test_other_accounts_are_never_compared_with():
    delivered("Somebody else's.", year_2019(), make_account())

    assert "There is no earlier review" in shown(ready("Now.", make_account()))


def test_what_was_touched_or_is_not_on_file_is_said_and_not_shown():
    account = make_account()
    before = delivered("In 2019.", year_2019(), account)
    document = ready("Now.", account)
    StoredFile.objects.filter(sha256=before.manifest.inputs_sha256).update(sha256="0" * 64)

    page = shown(document)

    assert "They cannot be compared." in page
    assert "In 2019." not in page


def test_until_it_is_sealed_it_is_for_the_office_and_the_approvers():
    account = make_account()
    delivered("In 2019.", year_2019(), account)
    document = ready("Now.", account)
    approval = document.approvals.get()

    codes = [
        signed_in(person).get(url(document)).status_code
        for person in (office("admin"), approval.approver, document.request.rep, make_user("rep"))
    ]
    take(approval, "approve", approval.approver, signs=approval.signs)

    assert codes == [200, 200, 403, 404]
    assert signed_in(document.request.rep).get(url(document)).status_code == 200
    assert url(document) in page_of(document.request.rep, fresh(document))


def test_a_version_that_is_void_is_read_by_nobody():
    document = ready("Now.", make_account())
    take(document.request, "cancel", document.request.rep, comment="Other plans.")

    assert signed_in(office("admin")).get(url(document)).status_code == 404


def test_the_page_of_the_approval_leads_there():
    account = make_account()
    delivered("In 2019.", year_2019(), account)
    approval = to_approval("Now.", account=account, year=make_year())

    page = signed_in(approval.approver).get(approval.get_absolute_url(), {"against": "year"}).content.decode()

    assert url(approval.document) in page


def test_it_costs_what_a_page_may():
    account = make_account()
    delivered("In 2019.", year_2019(), account)

    assert queries_of(signed_in(office("admin")), url(ready("Now.", account))) <= RECORD


def test_the_redline_gives_both_documents_back():
    """On the real inputs of both, as they are kept: taking all of it gives this year, none of it last year."""
    from reviews.pages.composed import compared, inputs_of_versions
    from reviews.pages.differences import accepted, rejected, spots

    account = make_account()
    before = delivered("The harbour was closed.", year_2019(), account)
    document = ready("The harbour was open.", account)
    inputs = inputs_of_versions([before, document])
    then, now = ({one.key: one for one in compared(inputs[of.pk])} for of in (before, document))

    for key in {*then, *now}:
        old, new = (side[key].lines if key in side else [] for side in (then, now))
        found = spots(old, new)
        assert (accepted(found), rejected(found)) == (new, old)
    assert len(now) > 2
