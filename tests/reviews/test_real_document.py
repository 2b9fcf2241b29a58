"""The documents of a real company: every figure in them against sums over the file, reckoned by other means."""

import re
from collections import defaultdict
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
import time_machine
from django.core.management import call_command

from accounts.actions import recompute
from accounts.models import Account, OrderLine
from acr_program.charter.models import Function
from acr_program.render import client
from acr_program.render.document import compose
from acr_program.workflow.edit import begin
from reviews.actions.standard import STANDARD, load_template
from reviews.compiler import inputs_of
from reviews.models import Document, ReviewRequest
from tests.accounts.realdata import folder, rows
from tests.factories import make_account, make_program, make_year, office
from tests.render.reading import words

from . import reckoning
from .reckoning import Reckoned, differ, printed, up

pytestmark = [pytest.mark.realdata, pytest.mark.process, pytest.mark.django_db, pytest.mark.slow]

THEN = datetime(1998, 5, 11, 9, tzinfo=UTC)
LONG = "Vereinigte Feinkost- und Delikatessenhandelsgesellschaft Rheinland-Westfalen mit Niederlassungen GmbH & Co. KG"
PRODUCTS = [
    "Handverlesene, schonend getrocknete Bio-Aprikosen aus dem oberen Wallis, ungeschwefelt, im Beutel zu 500 g",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenbrot",
    "Ost",
]


def made_up(product, number, day, quantity, price, discount, shipped, promised):
    category = "Getrocknete Früchte, Nüsse und Kerne aus kontrolliertem Anbau" if product != "Ost" else "Dairy"
    return {
        "order_id": number, "order_date": day, "required_date": promised, "shipped_date": shipped, "product": product[:120],
        "category": category, "quantity": str(quantity), "unit_price": price, "discount": discount,
    }  # fmt: skip


MADE_UP = [
    made_up(PRODUCTS[0], "L-1", "1996-11-04", 3, "12.35", "0.05", "1996-11-20", "1996-12-02"),
    made_up(PRODUCTS[1], "L-2", "1997-02-11", 7, "3.33", "0.15", "1997-03-20", "1997-03-11"),
    made_up(PRODUCTS[0], "L-3", "1997-07-01", 11, "13.37", "0.15", "1997-07-20", "1997-08-01"),
    made_up(PRODUCTS[1], "L-3", "1997-07-01", 1, "9.99", "0.25", "1997-07-20", "1997-08-01"),
    made_up(PRODUCTS[2], "L-4", "1997-10-21", 5, "7.77", "0.05", "1997-12-01", "1997-11-18"),
    made_up(PRODUCTS[0], "L-5", "1997-12-30", 9, "13.37", "0.05", "1998-01-10", "1998-01-27"),
    made_up(PRODUCTS[2], "L-6", "1998-02-02", 13, "7.77", "0.15", "", "1998-03-02"),
    made_up(PRODUCTS[1], "L-7", "1998-03-03", 2, "9.99", "0", "1998-03-20", ""),
]


def of_customers():
    found = defaultdict(list)
    for row in rows("order_lines.csv"):
        found[row["customer_id"]].append(row)
    return found | {"LONG": MADE_UP}


@pytest.fixture(scope="module")
def world(once):
    """All accounts imported through the shell, one with very long names besides, and a draft of a review for each."""
    with time_machine.travel(THEN, tick=False):
        return once(company)


def company():
    manager = office("manager")
    make_program(company="Northwind Traders")
    year = make_year(label="1998", begins_on=date(1998, 1, 1), ends_on=date(1998, 12, 31))
    for kind in ("people", "accounts", "order_lines"):
        call_command("intake", kind, str(folder() / f"{kind}.csv"), "--by", manager.email)
    long = make_account(name=LONG, code="LONG")
    OrderLine.objects.bulk_create(
        OrderLine(
            account=long, number=row["order_id"], line=line, product=row["product"], category=row["category"],
            quantity=row["quantity"], unit_price=row["unit_price"], discount=row["discount"], ordered_on=row["order_date"],
            required_on=row["required_date"] or None, shipped_on=row["shipped_date"] or None,
        )
        for line, row in enumerate(MADE_UP)
    )  # fmt: skip
    recompute([long.pk], by=manager, source="Order system", as_of=date(1998, 5, 11))
    template = load_template(STANDARD / "executive.json", by=manager)
    Function.objects.update(contributor=office("contributor"))
    return {
        account.code: begin(
            ReviewRequest(
                account=account, year=year, rep=account.manager or long.manager, template=template, audience="executive",
                goal="Agree on next year.", meeting_on=date(1998, 6, 10), recipient=account.contacts.first(),
            ),
            by=manager,
        )
        for account in Account.objects.select_related("manager")
    }  # fmt: skip


@pytest.fixture
def inputs(world):
    def of(code):
        with time_machine.travel(THEN, tick=False):
            return inputs_of(Document(request=world[code], number=1, begun_at=THEN))

    return of


def pieces(inputs):
    return {section["key"]: section for section in inputs["sections"]}


def parted(row):
    return row["name"], row["net"], row["share"], row["before_net"], row["change"]


def shared(value):
    """A share as it is carried: cut off behind eight places, so that it is rounded once, where it is printed."""
    return (
        None if value is None else f"{'-' if value < 0 else ''}{int(abs(value))}.{int(abs(value) * 10**8) % 10**8:08}"
    )


def test_the_figures_of_all_who_ever_bought_are_those_of_the_file(world, inputs):
    customers = of_customers()

    assert len(customers) == 90
    for code, own in customers.items():
        figures, wanted = inputs(code)["figures"], Reckoned(own)
        year = figures["year"]
        assert (year["net"], year["orders"]) == (up(wanted.net, 2), len(wanted.year)), code
        assert (year["shipped"], year["on_time"]) == (len(wanted.shipped), len(wanted.shipped) - len(wanted.late)), code
        assert year["change"] == shared(wanted.growth), code
        assert figures["before"]["net"] == up(wanted.net_before, 2), code
        assert [(o["number"], o["net"], o["days"]) for o in figures["orders"]] == [
            (o.number, up(o.net, 2), o.days) for o in wanted.year
        ], code
        assert figures["orders_net"] == up(wanted.net, 2), code
        for name, column in (("categories", "category"), ("products", "product")):
            rows_wanted = [
                (part, up(value, 2), shared(share), up(old, 2), shared(grown))
                for part, value, share, old, grown in wanted.parts(column)
            ]
            assert list(map(parted, figures[name])) == rows_wanted[: 10 if name == "products" else None], (code, name)
        enough = len(wanted.year) + len(wanted.before) >= 2
        assert [
            (q["net"], q["orders"], q["on_time"], q["shipped"], q.get("before_net"), q["change"])
            for q in figures["quarters"]
        ] == [
            (up(value, 2), count, on_time, shipped, None if old is None else up(old, 2), shared(grown))
            for value, count, on_time, shipped, old, grown in wanted.quarters()
            if enough
        ], code


def test_a_note_stands_exactly_where_rows_and_total_differ(world, inputs):
    noted = defaultdict(int)
    for code, own in of_customers().items():
        compiled, wanted = inputs(code), Reckoned(own)
        quarters = list(wanted.quarters())
        enough = len(wanted.year) + len(wanted.before) >= 2
        uneven = differ([q[0] for q in quarters], wanted.net, 0) or differ(
            [q[4] for q in quarters if q[4] is not None], wanted.net_before, 0
        )
        assert bool(compiled["figures"]["footnotes"]) == (enough and uneven), code
        orders = differ([order.net for order in wanted.year], wanted.net, 2)
        assert bool(pieces(compiled)["promise"]["note"]) == orders, code
        noted["quarters"] += enough and uneven
        noted["orders"] += orders

    assert noted["quarters"] > 10
    assert noted["orders"] > 0


def test_two_who_never_ordered_are_told_that_nothing_is_on_file(world, inputs):
    without = [code for code in world if code not in of_customers()]

    assert len(without) == 2
    for code in without:
        compiled = inputs(code)
        assert compiled["figures"] is None
        assert [pieces(compiled)[key]["absent"] for key in ("promise", "mix")] == [
            "No order of this account is on file."
        ] * 2


# --- the pages themselves ---

DAYS = re.compile(r"\b\d{1,2}\s[A-Z][a-z]{2,8}\s\d{2,4}\b|\b[A-Z][a-z]{2,8}\s\d{1,2}, \d{4}\b|\b[A-Z][a-z]+ 199\d\b")
LABELS = re.compile(
    r"Q[1-4] [’1]?\d*|Page \d+ of \d+|Review 1998|for 1998|template, version \d+|R\d+-1\b|500 g|Q\d ’\d\d"
)
NUMBER = re.compile(r"[\u2212+]?\d[\d,]*(?:\.\d+)?")


def figures_on(text, compiled, wanted):
    """The numbers of the pages without days, names, addresses, pages and the scales of the charts."""
    customer = compiled["customer"]
    team = [person for section in compiled["sections"] for person in section.get("people", [])]
    for known in [
        *(person[word] for person in team for word in ("name", "email")),  # numbered by the factory that makes them
        *customer["address"],
        customer["name"],
        *PRODUCTS,
        *(one.number for one in wanted.year + wanted.before),
    ]:
        text = text.replace(known, " ")
    text = LABELS.sub(" ", DAYS.sub(" ", text))
    return [found.strip("+,") for found in NUMBER.findall(text)]


def allowed(wanted):
    """Every number that the pages may print, as they print it."""
    money = [order.net for order in wanted.year + wanted.before]
    found = {printed(value, 2) for value in [*money, wanted.net, wanted.net_before, wanted.discount]}
    whole = [wanted.net, wanted.net_before, wanted.net_like]
    whole += [
        total / count
        for total, count in ((wanted.net, len(wanted.year)), (wanted.net_before, len(wanted.before)))
        if count
    ]
    rates = [wanted.growth, Fraction(len(wanted.shipped) - len(wanted.late), len(wanted.shipped) or 1)]
    for value, count, _on_time, _shipped, old, grown in wanted.quarters():
        whole += [value, old or 0, value / (count or 1)]
        rates.append(grown)
    for column in ("category", "product"):
        for _name, value, share, old, grown in wanted.parts(column):
            whole += [value, old]
            rates += [share, grown]
            rates.append(old / (wanted.net_before or 1))
    for order in wanted.before:
        for row in order.rows:
            found |= {printed(reckoning.net(row), 2), row["quantity"]}
    found |= {printed(value) for value in whole}
    found |= {printed(rate * 100, 1) for rate in rates if rate is not None}
    if wanted.days_to_ship is not None:
        found.add(printed(wanted.days_to_ship, 1 if wanted.days_to_ship.denominator > 1 else 0))
    return found


def counts(wanted):
    """Small whole numbers that are counts: orders, products, days early and late."""
    orders = wanted.year + wanted.before
    found = {abs(order.days) for order in orders if order.days is not None}
    found |= {len(some) for some in (wanted.year, wanted.before, wanted.like, wanted.shipped, wanted.late)}
    found |= {len({row["product"] for order in some for row in order.rows}) for some in (wanted.year, wanted.before)}
    for _value, count, on_time, shipped, _old, _grown in wanted.quarters():
        found |= {count, on_time, shipped}
    found.add(len(wanted.shipped) - len(wanted.late))
    return {str(count) for count in found}


def scale(number):
    """What the axes of charts end on, and the weeks between them; a page and a section are numbered as well."""
    digits = number.replace(",", "")
    return bool(re.fullmatch(r"(?:[1-68]|10|15|25)0{2,}|[1-9]?\d", digits))


@pytest.mark.parametrize("code", ["ERNSH", "QUICK", "CENTC", "LONG"])
def test_every_number_on_the_pages_is_one_of_the_file(world, inputs, code):
    compiled, wanted = inputs(code), Reckoned(of_customers()[code])

    text = words(client.render(compose(compiled | {"editions": ["screen"]})).files["screen"])

    found = figures_on(text, compiled, wanted)
    known = allowed(wanted) | counts(wanted)
    assert sorted({number for number in found if number not in known and not scale(number)}) == []
    shown = [printed(order.net, 2) for order in wanted.year or wanted.before]
    shown += [printed(wanted.net, 2 if wanted.year else 0)]
    shown += [printed(value) for _name, value, *_more in wanted.parts("category")]
    assert sorted(set(shown) - set(found)) == []
    differs = differ([order.net for order in wanted.year], wanted.net, 2)
    assert ("The orders do not add up to the total exactly" in " ".join(text.split())) == differs
