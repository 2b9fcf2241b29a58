"""The content library: what a version puts into it, what is proposed and accepted, and which text a review says (R-09)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from accounts.models import Account
from acr_program.workflow.errors import Refused
from reviews.actions.library import propose, propose_for_unit
from reviews.models import ContentItem, Revision, Section
from reviews.origins import texts_of
from reviews.texts import in_force
from tests.factories import fresh, make_account, make_function, make_request, make_template, office, take, try_out
from tests.reviews.library import a_library, item, let_go_stale, the_text
from tests.reviews.test_deviations import finish, text_of
from tests.reviews.work import LIST, RECORD, page_of, queries_of, rendered, signed_in, to_approval

pytestmark = pytest.mark.django_db
NEW = "Order on the portal; the telephone is for emergencies."


@pytest.fixture
def owner(people):
    a_library(function=make_function("Logistics", people["contributor"]))
    return people["contributor"]


def said(request, key="ordering"):
    """What the review would say now."""
    return next(section.body for section in texts_of(fresh(request), localdate()) if section.key == key)


@pytest.mark.demand("features, 23")
def test_publishing_puts_each_standard_text_into_the_library_with_its_owner(owner):
    assert {one.key for one in ContentItem.objects.all()} == {"letter", "ordering"}
    assert (item().owner, item().current.author) == (owner, office("manager"))
    assert item("letter").owner == office("manager") or item("letter").owner is None
    assert (the_text().since, the_text().confirmed_on) == (1, localdate())


@pytest.mark.demand("features, 26")
@pytest.mark.demand("features, 27")
def test_the_old_text_stays_in_use_until_the_new_one_is_accepted(owner):
    request = make_request("gathering")
    proposed = propose(item(), by=owner, text=NEW, note="The portal is open.")
    assert (proposed.status, said(request)) == ("proposed", "Order by telephone.")

    take(proposed, "accept", office("manager"))

    assert said(request) == NEW
    assert [one.status for one in item().revisions.order_by("number")] == ["superseded", "current"]
    assert item().current == the_text()


def test_a_rejected_text_is_never_used_and_its_author_reads_why(owner, mails):
    request = make_request("gathering")
    proposed = propose(item(), by=owner, text=NEW, note="The portal is open.")
    url = f"{proposed.get_absolute_url()}steps/reject/"
    manager = signed_in(office("manager"))
    assert manager.post(url, {"seen": proposed.version, "key": "k"}).status_code == 400
    mails()

    manager.post(url, {"seen": proposed.version, "key": "k", "comment": "The portal opens in May."})

    assert (fresh(proposed).status, said(request)) == ("rejected", "Order by telephone.")
    assert ["The portal opens in May." in one.body for one in mails() if one.to == [owner.email]] == [True]


def test_only_whoever_answers_for_it_and_the_office_change_a_text(owner, people):
    for who in ("second contributor", "leader", "auditor"):
        with pytest.raises(PermissionDenied):
            propose(item(), by=people[who], text=NEW)
    assert propose(item(), by=people["admin"], text=NEW).status == "proposed"
    assert propose(item(), by=people["manager"], text=f"{NEW} Always.").status == "current"


@pytest.mark.parametrize("text", ["Call {{ customer.nmae }}.", "{% for x in y %}", "A brace { alone."])
def test_a_text_that_no_document_can_be_made_of_is_refused_with_its_line(owner, text):
    with pytest.raises(Refused, match="Line 2"):
        propose(item(), by=owner, text=f"Dear all,\n{text}")
    client = signed_in(owner)
    page = client.post(f"{item().get_absolute_url()}propose/", {"text": f"Dear all,\n{text}", "note": "n", "key": "k"})
    assert page.status_code == 400
    assert "Line 2" in page.content.decode()
    assert not Revision.objects.filter(status="proposed").exists()


def test_a_review_that_keeps_an_older_version_keeps_its_text(owner):
    """Version 2 says something else; what is accepted afterwards holds from version 2 on."""
    old = make_request("gathering")
    template = make_template(sections=1, status="draft")
    Section.objects.create(
        template=template, place=9, key="ordering", title="How to order", kind="standard", body="Order by letter.",
        function=item().function,
    )  # fmt: skip
    try_out(template)
    take(template, "publish", office("manager"))
    new = make_request("gathering", account=make_account(manager=old.rep))
    assert (said(old), said(new)) == ("Order by telephone.", "Order by letter.")

    take(propose(item(), by=owner, text=NEW), "accept", office("manager"))

    assert (said(old), said(new)) == ("Order by telephone.", NEW)


def test_a_version_that_only_carries_a_text_over_does_not_take_back_what_was_accepted(owner):
    take(propose(item(), by=owner, text=NEW), "accept", office("manager"))
    template = make_template(sections=1, status="draft")
    Section.objects.create(
        template=template, place=9, key="ordering", title="How to order", kind="standard", body="Order by telephone.",
        function=item().function,
    )  # fmt: skip

    template = take(template, "publish", office("manager"))

    assert the_text().text == NEW
    assert in_force(template, "")["ordering"].text == NEW


def test_a_draft_takes_over_what_was_accepted_where_it_had_the_words_in_force(owner):
    template = make_template(sections=1, status="draft")
    for key, body in (("ordering", "Order by telephone."), ("other", "Order by telephone.")):
        Section.objects.create(template=template, place=9 + len(key), key=key, title=key, kind="standard", body=body)

    take(propose(item(), by=owner, text=NEW), "accept", office("manager"))

    assert dict(template.sections.filter(kind="standard").values_list("key", "body")) == {
        "ordering": NEW, "other": "Order by telephone.",
    }  # fmt: skip
    assert "How to order" not in fresh(template).log().last().comment
    assert "ordering" in fresh(template).log().last().comment


def test_a_business_unit_may_have_a_text_of_its_own(owner):
    dairy, other = (make_account(business_unit=unit) for unit in ("Dairy", "Fish"))
    own = propose_for_unit(item(), by=owner, unit="Dairy", text="Order before the milking.", note="They rise early.")
    requests = [make_request("gathering", account=account) for account in (dairy, other)]
    assert [said(request) for request in requests] == ["Order by telephone."] * 2

    take(own, "accept", office("manager"))

    assert [said(request) for request in requests] == ["Order before the milking.", "Order by telephone."]
    take(propose(item(), by=owner, text=NEW), "accept", office("manager"))
    assert [said(request) for request in requests] == ["Order before the milking.", NEW]
    with pytest.raises(Refused, match="Dairy has a text of its own"):
        propose_for_unit(item(), by=owner, unit="Dairy", text="x")


def test_what_is_accepted_after_a_version_was_compiled_makes_it_no_deviation(people):
    a_library(function=make_function("Logistics", people["contributor"]))
    approval = to_approval()
    leader = signed_in(approval.approver)
    before = leader.get(f"{approval.get_absolute_url()}?against=standard").context["page"].text.comparison

    take(propose(item(), by=people["contributor"], text=NEW), "accept", office("manager"))

    after = leader.get(f"{approval.get_absolute_url()}?against=standard").context["page"].text.comparison
    assert [one.section.key for one in before.differences] == [one.section.key for one in after.differences]
    assert "ordering" not in [one.section.key for one in after.differences]


def test_an_accepted_text_stands_in_the_document_with_its_revision(owner):
    request = make_request("gathering")
    take(propose(item(), by=owner, text=NEW), "accept", office("manager"))
    finish(request)

    assert "portal" in text_of(request)["html"]
    assert text_of(request)["origin"]["revision"] == "2"
    assert rendered(request).status == "ready"


# What the pages show


@pytest.mark.demand("features, 25")
def test_the_list_names_owner_freshness_and_what_waits_and_finds_words_inside_texts(owner):
    propose(item(), by=owner, text=NEW, note="The portal is open.")
    let_go_stale("ordering")
    client = signed_in(owner)

    page = client.get("/reviews/library/").content.decode()
    found = client.get("/reviews/library/", {"q": "TELÉPHONE"}).content.decode()
    none = client.get("/reviews/library/", {"q": "portal"})

    assert "Stale" in page
    assert owner.name in page
    assert "1 waits" in page
    assert "<mark>telephone</mark>" in found
    assert "Line 1:" in found
    assert none.context["page"].objects == []  # what is only proposed is in no text yet
    assert [one.key for one in client.get("/reviews/library/?fresh=stale").context["page"].objects] == ["ordering"]
    assert [one.key for one in client.get("/reviews/library/?proposed=waiting").context["page"].objects] == ["ordering"]
    assert client.get("/reviews/library/?fresh=soon").context["page"].objects == []


def test_the_page_of_a_text_says_where_it_is_used(owner):
    request = make_request("gathering")
    page = page_of(office("manager"), item())

    assert "1 review under way says it" in page
    assert str(request) in page
    assert "Executive template, version 1" in page


def test_a_proposal_is_shown_against_the_text_in_use(owner):
    proposed = propose(item(), by=owner, text="Order by telephone or fax.", note="Fax is back.")
    page = page_of(office("manager"), proposed)
    assert "<ins> or fax</ins>" in page
    assert "Fax is back." in page


def test_the_pages_cost_the_same_for_many_texts(owner):
    request = make_request("gathering")
    client = signed_in(office("manager"))
    pages = ("/reviews/library/", item().get_absolute_url(), the_text().get_absolute_url(), request.get_absolute_url())
    before = [queries_of(client, url) for url in pages]
    for n in range(6):
        section = ContentItem.objects.create(audience="executive", key=f"k{n}", title=f"T{n}", function=item().function)
        propose(section, by=office("manager"), text="Text.")
        propose(item(), by=owner, text=f"{NEW} {n}")

    after = [queries_of(client, url) for url in pages]
    assert before == after
    assert after[0] <= LIST
    assert max(after[1:]) <= RECORD, after


def test_the_unit_form_offers_the_units_there_are(owner):
    Account.objects.filter(pk=make_account().pk).update(business_unit="Dairy")
    client = signed_in(owner)
    assert "Dairy" in client.get(f"{item().get_absolute_url()}unit/").content.decode()
    sent = {"unit": "Dairy", "text": "Of milk.", "note": "They sell milk.", "key": "k"}
    assert client.post(f"{item().get_absolute_url()}unit/", sent).status_code == 302
    assert Revision.objects.get(item__unit="Dairy").status == "proposed"
