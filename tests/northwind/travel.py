"""The office on another day: everything is shut, and opened again with the clock moved on."""

from datetime import datetime
from time import time

from tests.browser.office import RealOffice

SHIFT = "ACR_TEST_SHIFT"


def shift_to(moment: datetime) -> str:
    return str(moment.timestamp() - time())


def now_of(office: RealOffice) -> float:
    """The moment on the office's clock, in seconds."""
    return time() + float(office.environment[SHIFT])


def move_on(office: RealOffice, moment: datetime, **settings: str) -> None:
    """What fell due in between falls due now; nobody is signed in any more. `settings` hold from this day on."""
    office.shut()
    office.run(**{SHIFT: shift_to(moment)}, **settings)
