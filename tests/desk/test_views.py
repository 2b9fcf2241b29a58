"""Views of lists: kept, shared, opened with, dropped; the way back leads to the list as it was left (features 11, 12)."""

import re

import pytest

from acr_program.desk.models import DefaultView, SavedView
from tests.factories import fresh, make_account, make_user

from .asking import questions, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts(people):
    return [
        make_account("at_risk", name="Shaky Foods", manager=people["rep"]),
        make_account(name="Solid Foods", manager=people["rep"], business_unit="Drinks"),
    ]


def kept(person, title="Shaky", query="status=at_risk", **fields):
    return SavedView.objects.create(person=person, list_name="accounts", title=title, query=query, **fields)


def tabs(page):
    found = re.search(r'<nav class="views".*?</nav>', page.content.decode(), re.DOTALL)
    return text_of(found[0]) if found else ""


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_what_a_list_is_narrowed_to_is_kept_under_a_name(people, as_person, accounts):
    client = as_person(people["rep"])

    offered = client.get("/accounts/?status=at_risk&sort=-name")
    form = client.get("/views/accounts/keep/?status=at_risk&sort=-name")
    answer = client.post(
        "/views/accounts/keep/?status=at_risk&sort=-name&page=x&search=", {"title": "Shaky"}, follow=True
    )

    view = SavedView.objects.get()
    assert "/views/accounts/keep/?status=at_risk&amp;sort=-name" in offered.content.decode()
    assert "State: At risk" in text(form)
    assert (view.person, view.query, view.shared) == (people["rep"], "status=at_risk&sort=-name", "")
    assert "Shaky Foods" in text(answer)
    assert "Solid Foods" not in text(answer)
    assert tabs(answer) == "All Shaky Change this view"
    assert 'aria-current="page">Shaky' in answer.content.decode()


def test_nothing_stands_above_a_list_of_which_no_view_is_kept(people, as_person, accounts):
    assert tabs(as_person(people["rep"]).get("/accounts/")) == ""


def test_the_same_name_is_the_same_view(people, as_person, accounts):
    client = as_person(people["rep"])
    for state in ("at_risk", "active"):
        client.post(f"/views/accounts/keep/?status={state}", {"title": "Mine"})

    assert SavedView.objects.get().query == "status=active"
    assert client.post("/views/accounts/keep/?status=active", {"title": ""}).status_code == 400


@pytest.mark.demand("features, 11")
def test_a_view_is_seen_by_those_it_is_shared_with(people, as_person, accounts):
    kept(people["manager"], "For all", shared="all")
    kept(people["manager"], "For reps", shared="rep")
    kept(people["manager"], "My own")

    assert tabs(as_person(people["rep"]).get("/accounts/")) == "All For all (Max Manager) For reps (Max Manager)"
    assert tabs(as_person(people["auditor"]).get("/accounts/")) == "All For all (Max Manager)"
    assert tabs(as_person(people["manager"]).get("/accounts/")) == "All For all For reps My own"


def test_a_shared_view_shows_no_more_than_one_may_see(people, as_person, accounts):
    view = kept(people["manager"], "All at risk", shared="all")
    make_account("at_risk", name="Foreign Foods")

    page = text(as_person(people["rep"]).get(f"/accounts/?status=at_risk&view={view.pk}"))

    assert "Shaky Foods" in page
    assert "Foreign Foods" not in page


def test_a_list_opens_with_the_view_that_was_chosen(people, as_person, accounts):
    client = as_person(people["rep"])
    view = kept(people["manager"], "All at risk", shared="all")

    client.post(f"/views/{view.pk}/", {"opens": "on", "title": "Taken over", "shared": ""})
    opened = client.get("/accounts/")
    everything = client.get("/accounts/?view=")

    assert fresh(view).title == "All at risk"
    assert "Solid Foods" not in text(opened)
    assert 'action="/exports/accounts/?status=at_risk"' in opened.content.decode()
    assert re.search(r'class="chip" href="([^"]*)"', opened.content.decode())[1] == f"/accounts/?view={view.pk}"
    assert "Solid Foods" in text(everything)
    assert "Solid Foods" in text(as_person(people["leader"]).get("/accounts/"))
    cleared = client.get("/accounts/?status=at_risk")
    assert re.search(r'class="chip" href="([^"]*)"', cleared.content.decode())[1] == "/accounts/?view="
    client.post(f"/views/{view.pk}/", {})
    assert not DefaultView.objects.exists()


def test_a_view_is_renamed_shared_and_dropped_by_its_owner(people, as_person, accounts):
    view, client = kept(people["rep"]), as_person(people["rep"])
    kept(people["rep"], "Other", "sort=-name")

    taken = client.post(f"/views/{view.pk}/", {"title": "Other", "shared": "all"})
    client.post(f"/views/{view.pk}/", {"title": "In danger", "shared": "leader"})
    foreign = as_person(people["leader"]).post(f"/views/{view.pk}/drop/")
    hidden = as_person(people["auditor"]).get(f"/views/{view.pk}/")

    assert taken.status_code == 400
    assert "has this name already" in text(taken)
    assert (fresh(view).title, fresh(view).shared) == ("In danger", "leader")
    assert (foreign.status_code, hidden.status_code) == (403, 404)
    assert client.post(f"/views/{view.pk}/drop/").status_code == 302
    assert not SavedView.objects.filter(pk=view.pk).exists()
    assert client.get(f"/views/{view.pk}/drop/").status_code == 405


def test_the_view_of_a_colleague_who_left_goes_on_and_says_so(people, as_person, accounts):
    gone = make_user("rep", name="Gone Gina")
    view = kept(gone, shared="all")
    gone.is_active = False
    gone.save()

    page = text(as_person(people["rep"]).get(f"/accounts/?status=at_risk&view={view.pk}"))

    assert "Shaky Foods" in page
    assert "Gone Gina, who kept this view, has left." in page
    assert as_person(people["rep"]).post(f"/views/{view.pk}/drop/").status_code == 403
    assert as_person(people["admin"]).post(f"/views/{view.pk}/drop/").status_code == 302
    after = text(as_person(people["rep"]).get(f"/accounts/?status=at_risk&view={view.pk}"))
    assert "not there any more" in after
    assert "Shaky Foods" in after


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("business_unit=Ships", "“Business unit: Ships” means nothing here any more, so nothing is shown"),
        ("status=unheard", "“State: unheard” means nothing here any more"),
        ("continent=Asia", "“continent: Asia” means nothing here any more"),
    ],
)
def test_a_view_whose_filter_is_gone_says_so_and_does_not_show_everything(query, says, people, as_person, accounts):
    view = kept(people["rep"], query=query)

    page = as_person(people["rep"]).get(f"/accounts/?{query}&view={view.pk}")

    assert says in text(page)
    assert "Foods" not in text(page)
    assert "Take it off" in text(page)


def test_an_export_of_a_filter_that_is_gone_is_empty_too(people, as_person, accounts):
    answer = as_person(people["rep"]).post("/exports/accounts/?business_unit=Ships", {"as": "csv"})

    assert b"Foods" not in b"".join(answer.streaming_content)


def test_views_of_lists_that_one_does_not_reach_cannot_be_kept(people, as_person):
    client = as_person(people["rep"])

    assert client.get("/views/mail/keep/?state=failed").status_code == 403
    assert client.post("/views/no-such/keep/", {"title": "x"}).status_code == 404


def test_views_cost_one_question_however_many_there_are(people, as_person, accounts):
    client = as_person(people["rep"])
    few = len(questions(client, "/accounts/"))
    for number in range(30):
        kept(people["manager"], f"View {number}", shared="all")

    assert len(questions(client, "/accounts/")) == few <= 8


@pytest.mark.demand("features, 12")
def test_the_way_back_leads_to_the_list_as_it_was_left(people, as_person, accounts):
    """Without a script, without a write: a cookie of the browser, which the next person there cannot read."""
    client = as_person(people["rep"])
    url = accounts[0].get_absolute_url()

    before = client.get(url).content.decode()
    client.get("/accounts/?status=at_risk&sort=-name")
    after = client.get(url).content.decode()
    client.get("/reviews/?state=live")
    both = client.get(url).content.decode()
    client.force_login(people["admin"])
    other = client.get(url).content.decode()
    client.force_login(people["rep"])
    client.get("/accounts/")
    cleared = client.get(url).content.decode()

    narrowed = 'href="/accounts/?status=at_risk&amp;sort=-name"'
    assert [narrowed in page for page in (before, after, both, other, cleared)] == [False, True, True, False, False]
    cookie = client.cookies["acr_lists"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_way_back_that_we_did_not_write_is_none(people, as_person, accounts):
    client = as_person(people["rep"])
    client.cookies["acr_lists"] = "eyIvYWNjb3VudHMvIjoieD0xIn0:forged"

    assert 'href="/accounts/"' in client.get(accounts[0].get_absolute_url()).content.decode()
