from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from accounts.pages.pictures import numbers
from accounts.tables import year_net
from acr_program.render.words import number as printed
from reviews.content.amounts import cents as cents_in_document
from tests.desk.asking import questions, text
from tests.factories import make_account, make_user


def test_each_sees_their_own(people, as_person):
    make_account(name="Rita's Foods", manager=people["rep"])
    make_account(name="Other Foods")

    seen = {
        who: ["Rita&#x27;s Foods" in page, "Other Foods" in page]
        for who in ("rep", "leader", "second leader", "contributor", "admin", "auditor", "executive")
        if (page := text(as_person(people[who]).get("/accounts/")))
    }

    own, every, none = [True, False], [True, True], [False, False]
    assert seen == {
        "rep": own, "leader": own, "second leader": none, "contributor": none, "admin": every, "auditor": every,
        "executive": every,
    }  # fmt: skip


def test_a_rep_reads_my_accounts_and_why_there_may_be_none(people, as_person):
    page = text(as_person(people["rep"]).get("/accounts/"))

    assert "My accounts" in page
    assert "No account is yours yet" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=at_risk", ["Beta"]),
        ("theater=APAC", ["Gamma"]),
        ("business_unit=Dairy", ["Alpha"]),
        ("manager=rita", ["Alpha"]),
        ("search=ostsee", ["Gamma"]),
        ("search=OSTSEE&theater=EMEA", []),
        ("sort=since", ["Beta", "Alpha", "Gamma"]),
        ("sort=newest", ["Gamma", "Alpha", "Beta"]),
        ("sort=-name", ["Gamma", "Beta", "Alpha"]),
        ("sort=nonsense&page=nonsense", ["Alpha", "Beta", "Gamma"]),
        ("status=nonsense", []),  # and the page says that the filter means nothing any more
    ],
)
def test_the_list_is_narrowed_and_sorted(people, as_person, query, found):
    make_account(name="Alpha", business_unit="Dairy", manager=people["rep"], customer_since=date(2015, 1, 1))
    make_account("at_risk", name="Beta", customer_since=date(2010, 1, 1))
    make_account(name="Gamma", theater="APAC", city="Östsee", customer_since=date(2020, 1, 1))

    page = as_person(people["admin"]).get(f"/accounts/?{query}")

    rows = [row.of.name for row in page.context["list"].rows]
    assert rows == found


def test_the_list_asks_the_same_for_many_as_for_one(people, as_person):
    clients = [as_person(people["admin"]), as_person(people["leader"])]
    make_account(business_unit="Dairy", manager=people["rep"])
    few = [len(questions(client, "/accounts/?search=acc")) for client in clients]
    for number in range(5):
        make_account(business_unit=f"Unit {number}", manager=make_user("rep", reports_to=people["leader"]))

    assert [len(questions(client, "/accounts/?search=acc")) for client in clients] == few
    assert max(few) <= 8


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("exact", "said"), [("90711.50", "90,712"), ("90711.4951", "90,712"), ("90711.4949", "90,711")]
)
def test_a_net_value_is_rounded_as_the_document_rounds_it(exact, said):
    """The document carries cents and prints whole units of them, half away from zero; so does the page of the account."""
    quarter = SimpleNamespace(
        net=Decimal(exact), orders=1, shipped=1, promised=0, on_time=0, label="Q1", stated=False,
    )  # fmt: skip

    assert year_net(SimpleNamespace(year_net=Decimal(exact))) == said
    assert numbers([quarter])[0].value == said
    assert printed(cents_in_document(Decimal(exact))) == said
