"""Numbers and days as they are printed; what is missing says so."""

import pytest

from acr_program.render.words import MISSING, filters

SAID = [
    ("number", ["83500.53"], "83,501"),
    ("number", ["83500.53", 2], "83,500.53"),
    ("number", ["-0.4"], "0"),
    ("number", ["-12.5"], "\u221213"),
    ("number", [0], "0"),
    ("number", [None], MISSING),
    ("money", ["1.005"], "USD\u00a01.01"),
    ("percent", ["0.9412"], "94.1\u202f%"),
    ("signed", ["2.3115"], "+231.2\u202f%"),
    ("signed", ["-0.05"], "\u22125.0\u202f%"),
    ("signed", [None], MISSING),
    ("day", ["1998-05-27"], '<time datetime="1998-05-27">27 May 1998</time>'),
    ("short", ["1997-06-03"], "3\u00a0Jun\u00a097"),
    ("early", [0], "on the day"),
    ("early", [-26], "26 early"),
    ("early", [16], "16 late"),
    ("early", [None], MISSING),
    ("bought", ["0.00"], '<span class="missing">not ordered</span>'),
    ("bought", [None], MISSING),
    ("cell", [1234], "1,234"),
    ("cell", [""], MISSING),
    ("shown", ["0.305", "percent", 1], "30.5\u202f%"),
    ("shown", ["good", "text"], "good"),
    ("big", ["83,501"], "big"),
    ("big", ["1,234,567"], "big wide"),
    ("big", ["1,234,567.89"], "big widest"),
]


@pytest.mark.parametrize(("name", "given", "said"), SAID, ids=[f"{name}-{given[0]}" for name, given, _ in SAID])
def test_as_it_is_printed(name, given, said):
    assert filters("en-GB", "USD")[name](*given) == said
