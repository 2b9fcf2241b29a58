"""The office of the real company in May 1998, and a browser; everybody signs in by the page.

Its clock only moves on (travel.move_on): what needs May 1998 stands in a file whose name comes before the others.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.accounts.realdata import folder
from tests.browser.company import address_of
from tests.browser.conftest import browser, sit
from tests.browser.office import RealOffice, opened
from tests.browser.signing_in import cookies_of

from . import acts
from .acts import ANDREW, NANCY
from .mould import MOULD, at
from .travel import SHIFT

__all__ = ["browser", "sit"]

THEN = datetime(1998, 5, 11, 9, tzinfo=UTC)  # the data end on 1998-05-06
FILES = (("People", "people.csv"), ("Accounts", "accounts.csv"), ("Order lines", "order_lines.csv"))


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealOffice]:
    folder()  # the data, or the sentence that says where they are missing
    with opened(tmp_path_factory.mktemp("northwind"), "tests.northwind.company", MOULD, **at(THEN)) as office:
        yield office


@pytest.fixture(scope="package")
def signed_in(office: RealOffice, browser: Browser) -> Callable[[str], Any]:
    """The cookies of somebody, by the name they have in the office, or by their e-mail address."""
    kept: dict[tuple[str, str], Any] = {}

    def state_of(who: str) -> Any:
        today = office.environment[SHIFT]  # nobody stays signed in for months
        if (who, today) not in kept:
            kept[who, today] = cookies_of(office, browser, who if "@" in who else address_of(who))
        return kept[who, today]

    return state_of


@pytest.fixture(scope="package")
def company(office: RealOffice, browser: Browser, signed_in: Callable[[str], Any]) -> None:
    """The three files are in, and two people of the sales force may sign in."""
    take_in(office, browser, signed_in)


def take_in(office: RealOffice, browser: Browser, signed_in: Callable[[str], Any]) -> None:
    context = browser.new_context(base_url=office.url, storage_state=signed_in("admin"))
    context.set_default_timeout(60_000)
    admin = context.new_page()
    for kind, name in FILES:
        acts.take_in(admin, kind, name)
    acts.let_in(admin, "Nancy Davolio", ("Sales representative",))
    acts.let_in(admin, "Andrew Fuller", ("Sales representative", "Sales leader"))
    acts.give_passwords(office, [NANCY, ANDREW])
    context.close()
