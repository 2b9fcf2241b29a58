"""Writes to an account that are no step: all of them in its own log."""

from .contacts import drop_contact, keep_contact, told
from .designating import designate, designated
from .entering import add, change
from .facts import end_fact, say_fact
from .figures import Entered, enter_figure, keep_figures, recompute
from .managers import bar, barred, change_many, tell_managers
from .notes import pin, take_down
from .rights import check_bulk, check_contact, check_keeper, check_office

__all__ = [
    "Entered", "add", "bar", "barred", "change", "change_many", "check_bulk", "check_contact", "check_keeper", "check_office",
    "designate", "designated", "drop_contact", "end_fact", "enter_figure", "keep_contact", "keep_figures", "pin", "recompute",
    "say_fact", "take_down", "tell_managers", "told",
]  # fmt: skip
