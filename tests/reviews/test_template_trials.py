"""A version rendered on a real account by a worker, looked at beside the published one, and known to render before it goes out."""

import pytest
from django.urls import reverse

from acr_program.files.models import Manifest
from acr_program.jobs.errors import PermanentError
from acr_program.jobs.work import drain
from reviews.actions import template_editing as act
from reviews.actions.trials import clean, try_on
from reviews.models import Document, Section, TemplateVersion, Trial
from reviews.trying import inputs_on
from tests.factories import fresh, make_account, make_program, make_request, make_template, make_year, take, try_out

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-04")]


@pytest.fixture
def account(people):
    make_program()
    make_year()
    return make_account(name="Blue Heron Markets", theater="AMER", manager=people["rep"])


@pytest.fixture
def draft(account, people):
    published = make_template(contributors=(people["contributor"], people["second contributor"]))
    return act.begin_draft(published, by=people["manager"])[0]


@pytest.fixture
def manager(client, people):
    client.force_login(people["manager"])
    return client


def test_it_is_rendered_on_the_account_that_was_chosen_beside_the_published_one(draft, account, manager):
    Section.objects.create(
        template=draft, place=9, key="cold", title="Cold for {{ customer.name }}", kind="standard",
        body="<p>Yours is <strong>{{ figures.net }}</strong>.</p>", conditions={"theater": ["AMER"]},
    )  # fmt: skip
    Section.objects.create(template=draft, place=10, key="growth", title="Growth", kind="figures", shows="quarters")
    url = reverse("reviews:template-trials", args=[draft.pk])
    assert "> on Blue Heron Markets</span></button>" in manager.get(url, {"q": "heron"}).content.decode()

    manager.post(reverse("reviews:template-try", args=[draft.pk]), {"account": account.pk, "key": "t"})
    waiting = manager.get(url).content.decode()
    drain(["reviews.trial"])

    mine, other = Trial.objects.get(template=draft), Trial.objects.exclude(template=draft).latest("pk")
    page = manager.get(url).content.decode()
    file = manager.get(reverse("reviews:trial-file", args=[mine.pk]))
    assert "It is being rendered" in waiting
    assert (mine.state, mine.error, other.state) == ("done", "", "done")
    assert (file.status_code, file.content[:5]) == (200, b"%PDF-")
    assert f"This version, {mine.pages} pages" in page
    assert f"The published one, {other.pages} pages" in page
    assert fresh(draft).untried == ""
    assert (Document.objects.count(), Manifest.objects.count()) == (0, 0)  # nothing is sealed or a review's own


def test_what_cannot_be_rendered_says_why_and_is_not_published(draft, account, manager):
    Section.objects.filter(template=draft, key="letter").update(body="{{ customer.nobody }}")

    manager.post(reverse("reviews:template-try", args=[draft.pk]), {"account": account.pk, "key": "t"})
    drain(["reviews.trial"])

    page = manager.get(reverse("reviews:template-trials", args=[draft.pk])).content.decode()
    assert Trial.objects.get(template=draft).state == "failed"
    assert "It could not be rendered." in page
    assert "there is no token “customer.nobody”" in page
    assert fresh(draft).untried.startswith(f"Rendered on {account}, it failed: ")


def test_the_same_rendering_is_asked_for_once_until_something_changes(draft, account, people):
    first = try_on(draft, account, by=people["manager"])

    assert try_on(draft, account, by=people["manager"]) == first
    act.move_section(draft.sections.get(key="letter"), 1, by=people["manager"], seen=draft.version)
    assert try_on(fresh(draft), account, by=people["manager"]) != first


def test_whoever_may_not_see_every_account_sees_no_trial(draft, account, client, people):
    trial = try_on(draft, account, by=people["manager"])
    drain(["reviews.trial"])
    url = reverse("reviews:trial-file", args=[trial.pk])

    seen = {}
    for who in ("manager", "admin", "auditor", "leader", "rep", "executive"):
        client.force_login(people[who])
        seen[who] = client.get(url).status_code
    assert seen == {"manager": 200, "admin": 200, "auditor": 200, "leader": 404, "rep": 404, "executive": 404}


def test_an_account_that_is_no_customer_is_not_rendered_on(draft, manager):
    closed = make_account("closed")

    for given in (closed.pk, "9" * 30, "", "x"):
        manager.post(reverse("reviews:template-try", args=[draft.pk]), {"account": given, "key": f"k{given}"[:60]})
    assert not Trial.objects.filter(template=draft).exists()


def test_sections_of_others_say_who_will_write_them(draft, account):
    said = {section["key"]: section for section in inputs_on(draft, account)["sections"]}

    assert "Here stands what Cora Contributor writes." in said["part-2"]["html"]


def test_without_a_year_there_is_nothing_to_render(people):
    make_program()
    template = make_template()

    with pytest.raises(PermanentError, match="No program year"):
        inputs_on(template, make_account())


def test_old_files_go_and_can_be_made_again(draft, account, people, manager, later):
    trial = try_on(draft, account, by=people["manager"])
    drain(["reviews.trial"])
    assert clean() == 0
    later(days=15)
    assert clean() == 1
    trial.refresh_from_db()
    assert trial.file is None
    manager.force_login(people["manager"])
    assert (
        "Its file is no longer kept"
        in manager.get(reverse("reviews:template-trials", args=[draft.pk])).content.decode()
    )
    assert try_on(draft, account, by=people["manager"]) != trial


def test_a_trial_of_what_stood_before_the_last_change_counts_no_more(draft, people):
    try_out(draft)
    act.move_section(draft.sections.get(key="letter"), 1, by=people["manager"], seen=1, key="a")

    assert fresh(draft).untried.startswith("Render it on an account first")


def test_a_request_begun_before_keeps_its_version(draft, people):
    published = TemplateVersion.objects.get(status="published")
    request = make_request("gathering")
    try_out(draft)
    take(draft, "publish", people["manager"])

    assert fresh(request).template == published
    assert fresh(published).status == "retired"
