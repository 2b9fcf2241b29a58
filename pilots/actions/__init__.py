"""Verbs over many rows, and what follows from steps."""

from .candidates import judge, let_test, propose

__all__ = ["judge", "let_test", "propose"]
