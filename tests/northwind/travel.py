"""The office on another day: everything is shut, and opened again with the clock moved on."""

from datetime import datetime
from time import time

from tests.browser.office import RealOffice
from tests.jobs.office import until

SHIFT = "ACR_TEST_SHIFT"


def shift_to(moment: datetime) -> str:
    return str(moment.timestamp() - time())


def now_of(office: RealOffice) -> float:
    """The moment on the office's clock, in seconds."""
    return time() + float(office.environment[SHIFT])


def move_on(office: RealOffice, moment: datetime, **settings: str) -> None:
    """What fell due in between falls due now; nobody is signed in any more. `settings` hold from this day on.

    An office leaves no day before its clock went round once: a duty of a time of day that it never met falls due tomorrow.
    """
    until(lambda: bool(office.query("SELECT 1 FROM jobs_duty WHERE name = 'jobs.tick'")), 120, office.told)
    office.shut()
    office.run(**{SHIFT: shift_to(moment)}, **settings)
