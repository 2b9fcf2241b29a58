"""Where the key accounts stand in the lists that all tests share: one `SLICE` in each module of this package.

    # tests/keyed/rounds.py
    SLICE = Slice(
        machines=\"\"\"
    membership
      veto   nominated > vetoed : manager executive
    \"\"\",
        begin={"membership": "nominated"},
        clicks={"membership": {"veto": as_office("manager", lambda: a_membership("nominated"), **WORD)}},
    )

A field that a slice leaves out adds nothing. `keyed()` is all slices together; each shared list asks it for its part. What two
slices say of the same name is refused, but `clicks` and `records` of one machine may come from several.

A slice may import `tests.factories`, `tests.keyaccounts.making…`, `tests.routes.identities`, `tests.prove.forms` (Form, COMMENT),
`tests.prove.sending` (Page, Sent, sent), `tests.workflow.clicks` (WORD, as_office, as_clock). It must not import what asks
for it: `edges`, `given` and `p…` of tests/prove, `expected` and `world` of tests/routes, `places` and `company` of
tests/browser, any `test_…`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from acr_program.people.models import User
    from tests.browser.places import Asker
    from tests.prove.company import Company
    from tests.prove.forms import Form
    from tests.prove.sending import Page
    from tests.routes.world import World
    from tests.workflow.clicks import Clicks

People = dict[str, "User"]
Records = dict[str, Any]
Edge = tuple[str, str, str]  # machine, state, step


def nothing(*_given: Any) -> Any:
    """What a slice leaves out."""
    return {}


def none(*_given: Any) -> Any:
    return ()


@dataclass(frozen=True)
class Slice:
    """What one slice adds to each shared list."""

    # P10 (tests/prove/edges.py, given.py): the second opinion on the steps
    machines: str = ""  # as in MACHINES of edges.py: a machine's name, then its steps, two spaces in
    begin: dict[str, str] = field(default_factory=dict)  # machine: the state of a new one
    need: dict[str, tuple[str, ...]] = field(default_factory=dict)  # machine: steps that a need may shut
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)  # a word of `machines`: identities it means
    following: dict[Edge, set[str]] = field(default_factory=dict)  # edges whose walk by these words only follows
    given: dict[str, Any] = field(
        default_factory=dict
    )  # "membership.veto": what perform is given, or a function of obj
    ready: Callable[[World], dict[Edge, Callable[[], Any]]] = nothing  # an object on which the step is open

    # P6 (tests/prove/forms.py, pages.py): each form sent many times at once
    forms: Callable[[Company], Iterable[Form]] = none  # one for each step that a person may take
    pages: Callable[[Company], Iterable[Page]] = none  # one for each path that carries @once

    # tests/routes: every path as everybody
    sees: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)  # model: who sees Rita's, who Otto's
    holds: dict[str, set[str]] = field(default_factory=dict)  # title of a role: who holds it towards Rita's
    holds_other: dict[str, set[str]] = field(default_factory=dict)  # the same towards Otto's, where it differs
    narrower: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)  # route: of those who see, who may
    answers: dict[tuple[str, str], int] = field(default_factory=dict)  # (method, route): another answer than a page
    early: dict[tuple[str, str], int] = field(
        default_factory=dict
    )  # ("machine.step", state) in which nobody holds its role yet: what those who will hold it get
    public: dict[tuple[str, str], set[int]] = field(default_factory=dict)  # of a public route, with its own token
    shared: tuple[str, ...] = ()  # models that are nobody's in particular: records on the side “own” alone
    records: Callable[[People, str], Records] = nothing  # (who, "own" or "other"): model: one record
    states: Callable[[People], dict[str, list[Any]]] = nothing  # model: Rita's, one in each state
    parts: Callable[[People, Records], Records] = (
        nothing  # other arguments of addresses; "route argument" for one alone
    )
    of_side: Callable[[Records], Records] = nothing  # the same, of what stands in a record of one side (Rita's, Otto's)
    numbered: tuple[str, ...] = ()  # those of them that are numbers
    typed: Callable[[Any], dict[str, Any]] = nothing  # what the steps of this object ask, as it is typed
    tokens: tuple[str, ...] = ()  # public routes whose token stands in `parts` as "route token" (P23 looks at them)
    without_once: dict[str, str] = field(default_factory=dict)  # route that takes a POST without @once: why
    asks: tuple[str, ...] = ()  # kinds of mail declared with asks=True

    # tests/exports, P31, tests/house/test_queries.py: lists
    lists: tuple[str, ...] = ()  # names given to @known_list
    busy: Callable[[People], None] = nothing  # makes a row for each list (the company of tests/fixtures.py)
    record_of: dict[str, Callable[[], Any]] = field(default_factory=dict)  # `of=` of a list: the record it is of
    texts: Callable[[], dict[Any, tuple[str, ...]]] = nothing  # model: columns of words that a list shows
    many: Callable[[World, int], None] = nothing  # so many rows more for each list with a page of its own

    # tests/workflow
    clicks: Clicks = field(default_factory=dict)  # each step at its dearest
    dear: dict[str, int] = field(default_factory=dict)  # "machine.click": its limit, where several steps follow
    undoable: tuple[str, ...] = ()  # machines with a step that declares undo=
    rooted: dict[str, list[str]] = field(default_factory=dict)  # class of a machine with LOCKS: tables in order
    make_rooted: Callable[[], None] = nothing  # makes one of each of these

    # tests/browser
    furnish: Callable[[People], None] = nothing  # what the office of the browser tests holds
    no_page: tuple[str, ...] = ()  # GET routes that are no page of their own: files, parts, answers of machines
    by_link: tuple[str, ...] = ()  # pages for those without an account
    links: Callable[[People], Iterable[str]] = none  # an address of each, with its token
    keys: Callable[[Asker], dict[str, Callable[[], list[str]]]] = nothing  # route: the keys to look at
    paths: Callable[[Asker], dict[str, list[str]]] = (
        nothing  # route with several arguments: addresses without “/” before
    )
    tables: dict[str, tuple[str, str]] = field(default_factory=dict)  # route of steps: its table, "app.Model"
    lookers: dict[str, str] = field(
        default_factory=dict
    )  # route, or end of an address: who looks instead of Evi Everything


def merge(parts: Iterable[Any]) -> Any:
    """Dictionaries as one; no name is said twice, except where it leads to a dictionary."""
    found: dict[Any, Any] = {}
    for name, value in chain.from_iterable(part.items() for part in parts):
        if name in found and isinstance(value, dict):
            found[name] = merge((found[name], value))
        else:
            assert name not in found, f"{name} is said by two slices."
            found[name] = value
    return found


def together(values: list[Any], default: Any) -> Any:
    """One field of all slices."""
    if isinstance(default, str):
        return "\n".join(value.strip("\n") for value in values if value.strip())
    if isinstance(default, tuple):
        return tuple(chain.from_iterable(values))
    if isinstance(default, dict):
        return merge(values)
    if default is none:
        return lambda *given: chain.from_iterable(value(*given) for value in values)
    return lambda *given: merge(value(*given) or {} for value in values)


def slices() -> Iterator[Slice]:
    for module in iter_modules(__path__):
        yield import_module(f"{__name__}.{module.name}").SLICE


@cache
def keyed() -> Slice:
    """All slices as one."""
    found, bare = list(slices()), Slice()
    return Slice(
        **{
            one.name: together([getattr(part, one.name) for part in found], getattr(bare, one.name))
            for one in fields(Slice)
        }
    )
