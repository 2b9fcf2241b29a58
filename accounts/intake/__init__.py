"""What of accounts can be imported, and what follows from people who come later."""

from acr_program.intake.kinds import follows, register
from acr_program.workflow.registry import after

from .accounts import AccountsKind
from .contacts import ContactsKind
from .figures import FiguresKind
from .orders import OrdersKind
from .quarters import QuartersKind
from .waiting import match_managers, take_over


def hand_in() -> None:
    """Called once from AccountsConfig.ready."""
    for kind in (AccountsKind, ContactsKind, OrdersKind, QuartersKind, FiguresKind):
        register(kind)
    follows("people", match_managers)
    after("user.create", take_over)
    after("user.edit", take_over)
