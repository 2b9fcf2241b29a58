"""Through the pages: a file uploaded, its columns confirmed, its preview read, taken in and undone."""

import pytest

from accounts.models import Account
from acr_program.intake.models import Batch, Mapping
from acr_program.jobs.work import drain

from .files import ACCOUNTS, account, fresh, table, take, taken_in, upload

pytestmark = [pytest.mark.django_db, pytest.mark.process, pytest.mark.demand("R-21")]


def confirmed(client, batch, **more):
    """The form of the columns sent as it stands, with what is given besides."""
    page = client.get(batch.get_absolute_url())
    form = page.context["form"]
    told = {name: field.initial or "" for name, field in form.fields.items() if field.initial is not False}
    answer = client.post(f"{batch.get_absolute_url()}columns/", {"seen": batch.version, **told, **more}, follow=True)
    drain(["intake.Work"])
    return answer


@pytest.mark.demand("features, 88")
def test_a_file_goes_in_through_the_pages_and_out_again(people, as_person):
    office = as_person(people["admin"])
    data = table(ACCOUNTS, [account("A1", "Alfreds", contact_name="Maria"), account("", "No number")])

    answer = upload(office, data, "accounts")
    batch = Batch.objects.get()
    assert "Being looked at" in answer.content.decode()
    drain(["intake.Work"])
    confirmed(office, fresh(batch))
    preview = office.get(batch.get_absolute_url()).content.decode()
    assert "Nothing is written yet." in preview
    assert "“customer_id” is empty." in preview
    assert not Account.objects.exists()

    take(batch, "take_in", people["admin"])
    assert Account.objects.get().contacts.get().name == "Maria"
    page = office.get(f"{batch.get_absolute_url()}?outcome=created").content.decode()
    assert "Alfreds" in page
    assert "Undo this import" in page

    take(batch, "undo", people["admin"])
    assert not Account.objects.exists()
    assert office.get(batch.get_absolute_url()).status_code == 200


@pytest.mark.demand("features, 89")
def test_columns_are_remembered_by_name_and_the_next_file_is_read_by_them(people, as_person):
    office = as_person(people["admin"])
    upload(office, table(("Nr", "Firma", "x"), [("A1", "Alfreds", "1")]), "accounts")
    drain(["intake.Work"])
    batch = Batch.objects.get()
    answer = confirmed(office, batch, **{"column-0": "code", "column-1": "name", "remember": "CRM"})
    assert answer.status_code == 200
    mapping = Mapping.objects.get(name="CRM")
    assert mapping.columns == {"Nr": "code", "Firma": "name"}
    take(batch, "take_in", people["admin"])

    upload(office, table(("Firma", "Nr"), [("Blauer See", "B1")]), "accounts", mapping=mapping.pk)
    drain(["intake.Work"])
    second = Batch.objects.latest("pk")
    assert (second.status, second.counts) == ("ready", {"created": 1})
    assert "CRM" in office.get("/intake/mappings/").content.decode()
    office.post(f"/intake/mappings/{mapping.pk}/forget/")
    assert not Mapping.objects.exists()


def test_a_column_that_is_missing_or_named_twice_is_said_beside_the_form(people, as_person):
    office = as_person(people["admin"])
    upload(office, table(("a", "b"), [("A1", "Alfreds")]), "accounts")
    drain(["intake.Work"])
    batch = Batch.objects.get()
    url = f"{batch.get_absolute_url()}columns/"

    twice = office.post(url, {"seen": batch.version, "column-0": "code", "column-1": "code"})
    missing = office.post(url, {"seen": batch.version, "column-0": "code", "dates": "ymd"})

    assert (twice.status_code, missing.status_code) == (400, 400)
    assert "This is already the column “a”." in twice.content.decode()
    assert "Say which column is: Name." in missing.content.decode()


def test_a_file_beyond_the_limit_is_refused_while_it_streams_in(people, as_person, monkeypatch):
    monkeypatch.setattr("acr_program.files.uploads.LARGEST", 1 << 20)
    monkeypatch.setattr("acr_program.intake.forms.LARGEST", 1 << 20)

    answer = upload(as_person(people["admin"]), b"a,b\n" * (1 << 19), "accounts")

    assert answer.status_code == 400
    assert "larger than 1 MB" in answer.content.decode()
    assert not Batch.objects.exists()


def test_similar_names_are_offered_and_decided_on_the_page(people, as_person):
    office, admin = as_person(people["admin"]), people["admin"]
    taken_in(table(ACCOUNTS, [account("A1", "Müller & Co. GmbH"), account("A2", "Blauer See")]), "accounts", admin)
    data = table(ACCOUNTS, [account("X1", "Muller Co"), account("X2", "Blauer See AG"), account("X3", "Rattlesnake")])
    upload(office, data, "accounts")
    drain(["intake.Work"])
    batch = Batch.objects.latest("pk")
    confirmed(office, batch)
    first = office.get(batch.get_absolute_url()).content.decode()
    assert "2 rows resemble what is there already." in first
    assert "Taking the file in makes 1 new account. Left out: 2 similar to one that is there, not decided yet." in first
    assert "Rattlesnake" in first
    page = office.get(f"{batch.get_absolute_url()}?outcome=similar").content.decode()
    assert "Is this “Müller &amp; Co. GmbH”, which is there already?" in page
    same, other = batch.rows.filter(outcome="similar").order_by("number")

    office.post(f"{batch.get_absolute_url()}decide/", {"pick": [same.pk], "choice": "merge"})
    office.post(f"{batch.get_absolute_url()}decide/", {"pick": [other.pk], "choice": "skip"})
    assert (
        "makes 1 new account and changes 1 account. Left out: 1 that you left out."
        in office.get(batch.get_absolute_url()).content.decode()
    )
    done = take(batch, "take_in", admin)

    assert done.counts["created"] == 1
    assert done.counts["changed"] == 1
    assert sorted(Account.objects.values_list("code", flat=True)) == ["A2", "X1", "X3"]
    take(batch, "undo", admin)
    assert sorted(Account.objects.values_list("code", "name")) == [("A1", "Müller & Co. GmbH"), ("A2", "Blauer See")]


def test_an_import_that_is_undone_says_what_came_of_it(people, as_person):
    batch = taken_in(table(ACCOUNTS, [account("A1", "Alfreds"), account("A2", "Bertas")]), "accounts", people["admin"])
    take(batch, "undo", people["admin"])

    page = as_person(people["admin"]).get(batch.get_absolute_url()).content.decode()

    assert "2 changes of it are taken back." in page
    assert "Bertas" in page
    assert "Undo this import" not in page
