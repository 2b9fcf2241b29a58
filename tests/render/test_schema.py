"""Inputs that are wrong are refused by name of the place, before anything is composed."""

import pytest

from acr_program.render.checking import InputError
from acr_program.render.schema import check

from . import example


def put(path, value):
    """The full example with one value put somewhere."""
    inputs = example.full()
    place = inputs
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return inputs


class Sly(str):
    """A text that is more than a text."""


KINDS = "text, input, table, letter, figures, promise, mix, follow, commitments, team, notes"
WRONG = [
    (["currency"], None, "inputs.currency: expected a text, found None."),
    (["currency"], Sly("USD"), "inputs.currency: expected a text, found a Sly."),
    (["customer", "name"], 7, "inputs.customer.name: expected a text, found 7."),
    (["customer", "name"], "x" * 401, "inputs.customer.name: has 401 characters; 400 are the most."),
    (["customer", "name"], "a\x00b", "inputs.customer.name: has the unprintable character U+0000 at place 2."),
    (["customer", "nmae"], "x", "inputs.customer.nmae: nothing of this name belongs here."),
    (["document", "issued"], "13 May", "inputs.document.issued: expected a day such as 1998-05-27, found '13 May'."),
    (["document", "issued"], "1998-02-30",
     "inputs.document.issued: expected a day such as 1998-05-27, found '1998-02-30'."),
    (["locale"], "xx", "inputs.locale: expected one of en-GB, en-US, found 'xx'."),
    (["sections", 2, "kind"], "poem", f"inputs.sections[2].kind: expected one of {KINDS}, found 'poem'."),
    (["sections", 2, "key"], "Figures!", "inputs.sections[2].key: expected a short lower-case name, found 'Figures!'."),
    (["sections", 2, "key"], "letter", "inputs.sections[2].key: 'letter' is taken."),
    (["sections", 2, "key"], "contents", "inputs.sections[2].key: 'contents' is taken."),
    (["sections", 6, "outcomes", 0, "outcome"], "fine",
     "inputs.sections[6].outcomes[0].outcome: expected one of done, late, dropped, open, found 'fine'."),
    (["sections", 4, "tables", 0, "rows", 1], ["one"],
     "inputs.sections[4].tables[0].rows[1]: has 1 cells; the table has 4 columns."),
    (["figures", "year", "net"], 83500.53, "inputs.figures.year.net: expected a text, found a float."),
    (["figures", "year", "net"], "83,500.53",
     "inputs.figures.year.net: expected an amount such as \"83500.53\", found '83,500.53'."),
    (["figures", "year", "orders"], True, "inputs.figures.year.orders: expected a whole number, found True."),
    (["figures", "year", "orders"], 10**15, "inputs.figures.year.orders: the number has more than fifteen digits."),
    (["figures", "numbers", 0, "value"], "many",
     "inputs.figures.numbers[0].value: expected a number or shown as text, found 'many'."),
    (["figures", "quarters"], [{"label": "Q"}] * 5, "inputs.figures.quarters: a year has four quarters."),
    (["figures", "measures"], [{"label": "Share of wallet", "quarters": ["0.3"]}],
     "inputs.figures.measures[0].quarters: needs one value for each quarter."),
    (["glance"], ["x"] * 1001, "inputs.glance: has 1,001 entries; 1,000 are the most a document can carry."),
    (["sections"], {}, "inputs.sections: expected a list, found a dict."),
    (["sections", 0, "html"], "x" * 5_000_000,
     "inputs.sections[0].html: has 5,000,000 characters; 400,000 are the most."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "said"), WRONG, ids=[said.split(":")[0] for *_, said in WRONG])
def test_what_is_wrong_is_named(path, value, said):
    with pytest.raises(InputError) as caught:
        check(put(path, value))

    assert str(caught.value) == said


def test_what_is_missing_is_named():
    inputs = example.full()
    del inputs["year"]["start"]

    with pytest.raises(InputError, match=r"^inputs\.year\.start: is missing\.$"):
        check(inputs)


class Trap:
    """Stands for a model: whoever touches it has left plain data."""

    def __getattribute__(self, name):
        if name in {"__class__", "__dict__"}:
            return object.__getattribute__(self, name)
        raise AssertionError(f"{name} was read")

    def __getitem__(self, key):
        raise AssertionError(f"{key} was read")

    def __str__(self):
        raise AssertionError("it was printed")

    __repr__ = __str__


@pytest.mark.demand("P24")
@pytest.mark.parametrize(
    "place", [["customer"], ["customer", "name"], ["sections", 1], ["figures"], ["figures", "orders", 0]]
)
def test_nothing_but_plain_data_passes(place):
    with pytest.raises(InputError, match="found a Trap"):
        check(put(place, Trap()))


@pytest.mark.demand("P24")
def test_a_callable_is_no_value():
    with pytest.raises(
        InputError, match=r"^inputs\.company\.name: expected a text, found a builtin_function_or_method\.$"
    ):
        check(put(["company", "name"], print))


def test_what_may_be_left_out_is_put_in_empty():
    full = check(example.short())

    assert full["editions"] == ["screen"]
    assert full["figures"] is None
    assert full["customer"] == {
        "name": "Centro comercial Moctezuma",
        "code": "",
        "contact": "Francisco Chang",
        "address": [],
    }
    assert full["sections"][2]["tables"] == []


def test_the_inputs_given_stay_as_they_are():
    inputs = example.full()

    check(inputs)

    assert inputs == example.full()
