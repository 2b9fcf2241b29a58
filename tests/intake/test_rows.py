"""What a file may be, and what it may not: a sentence for each row or for the file, and nothing half done."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Account, Contact, Figure, OrderLine, Performance
from acr_program.intake import actions
from acr_program.intake.models import Kept
from acr_program.people.models import User
from acr_program.workflow.edit import edit
from acr_program.workflow.errors import Refused
from acr_program.workflow.seals import verify

from .files import ACCOUNTS, LINES, account, checked, fresh, line, outcomes, table, take, taken_in, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.process, pytest.mark.demand("R-21")]


@pytest.fixture
def office(people):
    return people["admin"]


def test_each_row_that_cannot_be_is_refused_with_its_reason(office, time_machine):
    time_machine.move_to("2026-11-20T09:00:00+00:00")
    rows = [
        account("A1", "Alfreds"), account("A1", "Twice"), account("", "No number"), account("A2", "x" * 201),
        account("A3", "Later", first_order="2062-01-01"), account("A4", "Nowhere", account_manager_email="nobody"),
        account("A5", "Alone", account_manager_email="not.known@x.example"), [*account("A6", "Wide"), "", "more"],
    ]  # fmt: skip

    batch = checked(table(ACCOUNTS, rows), "accounts", office)

    found = outcomes(batch)
    assert [found[n][0] for n in range(2, 10)] == [
        "created", "duplicate", "refused", "refused", "refused", "refused", "created", "refused",
    ]  # fmt: skip
    assert found[3][1] == "Row 2 has the same Customer number: that one is taken in, this one is not."
    assert found[4][1] == "“customer_id” is empty."
    assert found[5][1] == "“company_name” is longer than 200 signs."
    assert "Sun 1 Jan 2062 lies too far off" in found[6][1]
    assert "“nobody” is no e-mail address" in found[7][1]
    assert "its manager stays open" in found[8][1]
    assert "more cells than there are headings" in found[9][1]
    assert batch.counts == {"created": 2, "duplicate": 1, "refused": 5}
    assert not Account.objects.exists()


def test_a_formula_in_a_csv_is_text_and_in_a_workbook_it_is_refused(office):
    taken_in(table(ACCOUNTS, [account("A1", "=1+1")]), "accounts", office)
    assert Account.objects.get().name == "=1+1"

    batch = checked(workbook(ACCOUNTS, [account("A2", "=1+1"), account("A3", "Plain")]), "accounts", office, "a.xlsx")
    assert outcomes(batch)[2] == ("refused", "“company_name” holds the formula “=1+1”: save the sheet with its values.")
    assert outcomes(batch)[3][0] == "created"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "The file is empty"),
        (b"a,b\n" * 200_002, "more than 200,000 rows"),
        (b"%PDF-1.7\0\0\0\0", "neither a CSV file nor an XLSX workbook"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 400, "neither a CSV file nor an XLSX workbook"),
        ("customer_id,company_name\nA1,Müller".encode("utf-32"), "not known"),
        (b'customer_id,company_name\nA1,"open' + b"x" * 40_000, "A quotation mark is opened"),
        (b"customer_id,company_name\n", "no row under them"),
        (b"x" * ((20 << 20) + 1), "larger than 20 MB"),
    ],
    ids=["empty", "rows", "binary", "picture", "encoding", "quotes", "heading", "size"],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(office, data, says):
    try:
        batch = checked(data, "accounts", office)
        sentence = batch.error
        assert batch.status == "failed"
    except Refused as refused:
        sentence = refused.sentence

    assert says in sentence


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-16-le", "|"), ("cp1252", ";")],
)
def test_letters_and_delimiters_are_recognised(office, encoding, delimiter):
    batch = taken_in(
        table(ACCOUNTS, [account("Ä1", "Müller, Söhne; und|so")], encoding, delimiter=delimiter), "accounts", office
    )

    assert batch.status == "taken_in"
    assert Account.objects.get().name == "Müller, Söhne; und|so"


@pytest.mark.parametrize(
    ("days", "prices", "kept"),
    [
        (("13/01/2026", "05/02/2026"), ("1.234,50", "2,5"), ("2026-01-13", "2026-02-05", "1234.50")),
        (("01/13/2026", "02/05/2026"), ("1,234.50", "2.5"), ("2026-01-13", "2026-02-05", "1234.50")),
        (("13.01.2026", "05.02.2026"), ("1'234,50", "2,5"), ("2026-01-13", "2026-02-05", "1234.50")),
    ],
)
def test_days_and_numbers_are_read_as_the_column_writes_them(office, days, prices, kept):
    taken_in(table(ACCOUNTS, [account("A1", "Alfreds")]), "accounts", office)
    rows = [
        line(f"o{n}", "A1", order_date=day, required_date="", shipped_date="", unit_price=price)
        for n, (day, price) in enumerate(zip(days, prices, strict=True))
    ]

    taken_in(table(LINES, rows, delimiter=";"), "order_lines", office)

    first, second = OrderLine.objects.order_by("number")
    assert (str(first.ordered_on), str(second.ordered_on), str(first.unit_price)) == kept


def test_what_can_be_read_two_ways_is_asked(office):
    taken_in(table(ACCOUNTS, [account("A1", "Alfreds")]), "accounts", office)
    data = table(
        LINES, [line("o1", "A1", order_date="03/04/2026", required_date="", shipped_date="", unit_price="1,234")]
    )

    with pytest.raises(Refused, match=r"03/04 is in March or in April .* 1,234 is more than a thousand"):
        checked(data, "order_lines", office)


def test_float_noise_is_rounded_to_two_decimals_and_percent_is_a_share(office):
    taken_in(table(ACCOUNTS, [account("A1", "Alfreds")]), "accounts", office)
    rows = [
        line("o1", "A1", unit_price="9.80000019", discount="0.150000006"),
        line("o2", "A1", discount="25 %"),
        line("o3", "A1", discount="1.5"),
    ]

    batch = taken_in(table(LINES, rows), "order_lines", office)

    first, second = OrderLine.objects.order_by("number")
    assert (first.unit_price, first.discount, second.discount) == (Decimal("9.80"), Decimal("0.15"), Decimal("0.25"))
    assert outcomes(batch)[4] == ("refused", "“discount” 1.5 is not a value that can be.")


def test_what_somebody_changed_after_the_preview_is_left_and_listed(office):
    taken_in(table(ACCOUNTS, [account("A1", "Alfreds"), account("A2", "Blauer See")]), "accounts", office)
    batch = checked(table(ACCOUNTS, [account("A1", "Alfreds AG"), account("A2", "Blauer See AG")]), "accounts", office)
    one = Account.objects.get(code="A1")
    edit(one, seen=one.version, by=office, name="By hand")

    done = take(batch, "take_in", office)

    assert done.counts == {"changed": 1, "late": 1}
    assert sorted(Account.objects.values_list("name", flat=True)) == ["Blauer See AG", "By hand"]
    assert outcomes(done)[2][0] == "late"


def test_undoing_leaves_what_was_touched_since_and_says_why(office):
    batch = taken_in(
        table(ACCOUNTS, [account("A1", "Alfreds"), account("A2", "Blauer See"), account("A3", "Rattlesnake")]),
        "accounts",
        office,
    )
    one = Account.objects.get(code="A1")
    edit(one, seen=one.version, by=office, sector="Food")
    taken_in(table(LINES, [line("o1", "A2")]), "order_lines", office)

    done = take(batch, "undo", office)

    assert (done.counts["undone"], done.counts["left"]) == (1, 2)
    assert sorted(Account.objects.values_list("code", flat=True)) == ["A1", "A2"]
    assert dict(Kept.objects.exclude(left="").values_list("label", "left")) == {
        "Alfreds": "Somebody changed it after the import.",
        "Blauer See": "Something hangs on it by now (order line), so it stays.",
    }
    assert list(verify()) == []


def test_changes_are_undone_field_by_field(office, people):
    taken_in(
        table(ACCOUNTS, [account("A1", "Alfreds", city="Berlin", contact_name="Maria", phone="1")]), "accounts", office
    )
    changed = account("A1", "Alfreds AG", city="Bonn", contact_name="Moritz", account_manager_email=people["rep"].email)
    batch = taken_in(table(ACCOUNTS, [changed]), "accounts", office)
    now = Account.objects.get()
    assert (now.name, now.city, now.manager) == ("Alfreds AG", "Bonn", people["rep"])
    assert {c.name: c.is_main for c in now.contacts.all()} == {"Maria": False, "Moritz": True}

    take(batch, "undo", office)

    now = Account.objects.get()
    assert (now.name, now.city, now.manager) == ("Alfreds", "Berlin", None)
    assert {c.name: c.is_main for c in now.contacts.all()} == {"Maria": True}


def test_order_lines_that_change_move_their_figures_and_back(office):
    taken_in(table(ACCOUNTS, [account("A1", "Alfreds"), account("A2", "Blauer See")]), "accounts", office)
    taken_in(table(LINES, [line("o1", "A1"), line("o2", "A1")]), "order_lines", office)
    batch = taken_in(table(LINES, [line("o1", "A2", quantity="1"), line("o2", "A1")]), "order_lines", office)
    assert batch.counts == {"changed": 1, "unchanged": 1}
    assert dict(Performance.objects.values_list("account__code", "net")) == {"A1": 180, "A2": 18}

    take(batch, "undo", office)
    assert dict(Performance.objects.values_list("account__code", "net")) == {"A1": 360}


def test_people_report_to_each_other_by_number_and_in_no_circle(office):
    heads = ("employee id", "name", "email", "reports to", "roles")
    rows = [
        ("1", "Nancy", "nancy@x.example", "2", "rep"), ("2", "Andrew", "andrew@x.example", "", "leader"),
        ("3", "Carl", "carl@x.example", "4", ""), ("4", "Dora", "dora@x.example", "carl@x.example", ""),
        ("5", "Emil", "emil@x.example", "99", ""), ("6", "Max", "max@x.example", "", "manager"),
    ]  # fmt: skip

    batch = taken_in(table(heads, rows), "people", office)

    assert {n: o for n, (o, _r) in outcomes(batch).items()} == {
        2: "created",
        3: "created",
        4: "refused",
        5: "refused",
        6: "created",
        7: "refused",
    }
    nancy = User.objects.get(email="nancy@x.example")
    assert (nancy.reports_to.name, nancy.code, nancy.roles) == ("Andrew", "1", {"rep"})
    assert not nancy.has_usable_password()
    assert take(batch, "undo", office).counts["undone"] == 3
    assert not User.objects.filter(email__endswith="@x.example").exists()


def test_contacts_and_figures(office):
    taken_in(table(ACCOUNTS, [account("A1", "Alfreds", contact_name="Maria")]), "accounts", office)
    heads = ("customer", "name", "email", "main")
    contacts = taken_in(
        table(heads, [("A1", "Moritz", "m@x.example", "yes"), ("A9", "Nobody", "", "")]), "contacts", office
    )
    assert outcomes(contacts)[3][1].startswith("There is no account with the customer number “A9”.")
    assert {c.name: c.is_main for c in Contact.objects.all()} == {"Maria": False, "Moritz": True}
    take(contacts, "undo", office)
    assert {c.name: c.is_main for c in Contact.objects.all()} == {"Maria": True}

    heads = ("customer", "figure", "quarter", "value", "source")
    taken_in(table(heads, [("A1", "margin", "Q1 2026", "12.5", "Finance")]), "figures", office)
    second = taken_in(
        table(heads, [("A1", "margin", "2026-Q1", "13", "Finance"), ("A1", "satisfaction", "Q1 2026", "11", "x")]),
        "figures",
        office,
    )
    assert second.counts == {"changed": 1, "refused": 1}
    assert Figure.objects.get(replaced_at=None).value == 13
    take(second, "undo", office)
    assert Figure.objects.get().value == Decimal("12.5")


def test_only_the_office_imports(people):
    with pytest.raises(PermissionDenied):
        actions.upload(b"a\n1", "a.csv", "accounts", by=people["rep"])
    batch = checked(table(ACCOUNTS, [account("A1", "Alfreds")]), "accounts", people["admin"])
    with pytest.raises(PermissionDenied):
        actions.decide(batch, "new", by=people["auditor"])
    assert fresh(batch).status == "ready"


def test_a_refused_row_names_all_that_is_wrong_with_it(office):
    lines = [line("10248", "NONE", order_date="soon", quantity="many"), line("10249", "NONE")]
    people = [["new@x.example", "x" * 201, "chef, rep, cook"]]

    orders = checked(table(LINES, lines), "order_lines", office)
    sales = checked(table(["email", "name", "roles"], people), "people", office)

    unknown = "There is no account with the customer number “NONE”. Import the accounts first."
    assert outcomes(orders)[2][1] == (
        "“order_date” “soon” is no day written as year, month, day, the year in four digits. "
        f"“quantity” “many” is no number. {unknown}"
    )
    assert outcomes(orders)[3] == ("refused", unknown)
    assert outcomes(sales)[2][1].startswith("“name” is longer than ")
    assert outcomes(sales)[2][1].endswith(
        "“chef” is no role that an import may give. “cook” is no role that an import may give."
    )


def test_the_preview_says_days_and_numbers_as_pages_do(office, as_person):
    taken_in(table(ACCOUNTS, [account("A1", "Alfreds")]), "accounts", office)
    batch = checked(
        table(LINES, [line("10248", "A1", discount="0.15", order_date="2024-01-15")]), "order_lines", office
    )

    page = as_person(office).get(batch.get_absolute_url()).content.decode()

    assert "Mon 15 Jan 2024" in page
    assert "2024-01-15" not in page
    assert "15 %" in page
    assert "18.00" in page
