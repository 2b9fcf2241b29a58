"""What the clock does for the actions and the customer data of account plans (N4.12, N5.6)."""

from __future__ import annotations

from datetime import timedelta

from acr_program.jobs.clock import duty
from acr_program.workflow.errors import Refused

from .actions_ladder import climb_in, to_climb
from .actions_waiting import close_over, open_missing


@duty("send what is late in account plans up their ladders", every=timedelta(minutes=10))
def climb(_moment: object = None) -> int:
    """Each rung once, on its day; after a standstill all that fell due meanwhile (N5.6)."""
    told = 0
    for pk in to_climb():
        try:
            told += climb_in(pk)
        except Refused:
            continue
    return told


@duty("let what account plans name wait for its owners", every=timedelta(minutes=10))
def wait_for_owners(_moment: object = None) -> int:
    """What is over waits no more; actions of plans that were begun, and data that are due, wait for their owners (N4.12)."""
    return close_over() + open_missing()
