"""Customer accounts, the people met there, what is known of them, and their figures."""

from .account import Account, AccountQuerySet
from .contact import Contact
from .designation import Designation
from .facts import Fact, PinnedNote
from .figures import Figure, OrderLine, Performance

__all__ = [
    "Account", "AccountQuerySet", "Contact", "Designation", "Fact", "Figure", "OrderLine", "Performance", "PinnedNote",
]  # fmt: skip
