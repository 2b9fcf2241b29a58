"""Writes to an account that are no step: all of them in its own log."""

from .contacts import drop_contact, keep_contact, told
from .entering import add, change, designate
from .facts import end_fact, say_fact
from .figures import Entered, enter_figure, keep_figures, recompute
from .notes import pin, take_down
from .rights import check_bulk, check_contact, check_keeper, check_office

__all__ = [
    "Entered", "add", "change", "check_bulk", "check_contact", "check_keeper", "check_office", "designate", "drop_contact",
    "end_fact", "enter_figure", "keep_contact", "keep_figures", "pin", "recompute", "say_fact", "take_down", "told",
]  # fmt: skip
