"""The database of an office of these days, before any company is in it."""

from datetime import UTC, datetime
from pathlib import Path

from tests.moulds import Mould

from .travel import SHIFT, shift_to

CLOCK = {"PYTHONPATH": str(Path(__file__).with_name("then"))}


def at(moment: datetime) -> dict[str, str]:
    """What makes the office's clock show this moment as it opens."""
    return CLOCK | {SHIFT: shift_to(moment)}


MOULD = Mould("northwind", at(datetime(1998, 5, 6, 9, tzinfo=UTC)))  # migrated before any office of these opens
