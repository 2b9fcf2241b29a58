"""What of accounts can be imported, and what follows from people who come later."""

from acr_program.intake.kinds import follows, register

from .accounts import AccountsKind
from .contacts import ContactsKind
from .figures import FiguresKind
from .orders import OrdersKind
from .waiting import match_managers


def hand_in() -> None:
    """Called once from AccountsConfig.ready."""
    for kind in (AccountsKind, ContactsKind, OrdersKind, FiguresKind):
        register(kind)
    follows("people", match_managers)
