"""While a leader is away, every page names the one who acts and for whom, until when."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from acr_program.ui.phrases import day
from tests.factories import make_absence, make_user, office
from tests.reviews.work import LIST, RECORD, page_of, queries_of, signed_in, to_approval

pytestmark = [pytest.mark.django_db, pytest.mark.demand("M8")]


@pytest.fixture
def approval():
    return to_approval()


@pytest.fixture
def graham(approval):
    person = make_user("leader", name="Graham Pell")
    make_absence(approval.approver, person, to_on=localdate() + timedelta(days=5))
    return person


def words(approval):
    return f"for {approval.approver.name}, away until {day(localdate() + timedelta(days=5))}"


@pytest.mark.demand("features, 4")
def test_lists_and_records_name_both(approval, graham):
    reader = signed_in(office("admin"))
    held = words(approval)

    record = page_of(office("admin"), approval.request)
    row = reader.get("/reviews/").context["page"].objects[0]
    lists = [reader.get(url).content.decode() for url in ("/reviews/", "/reviews/board/")]
    box = record.partition('id="approvals"')[2].partition("</section>")[0]

    assert row.reader == approval.approver.name
    assert f"Graham Pell {held}" in lists[0]
    assert held in lists[1]
    assert f"With <b>Graham Pell {held}</b> since" in record
    assert "Graham Pell" in box
    assert held in box
    assert f"decides meanwhile, {held}" not in record
    assert "Graham Pell decides meanwhile" in page_of(office("admin"), approval)
    assert queries_of(reader, "/reviews/") <= LIST
    assert queries_of(reader, approval.request.get_absolute_url()) <= RECORD


def test_the_stand_in_reads_for_whom(approval, graham):
    held = words(approval)

    own = signed_in(graham).get(f"/people/{graham.pk}/").content.decode()

    assert f"With <b>you {held}</b> since" in page_of(graham, approval.request)
    assert held in signed_in(graham).get("/").content.decode()
    assert held.removeprefix("for ") in own


def test_nobody_stands_in_once_it_is_decided_or_over(approval):
    make_absence(approval.approver, make_user("leader", name="Graham Pell"), localdate() + timedelta(days=1))

    assert "Graham Pell" not in page_of(office("admin"), approval.request)
