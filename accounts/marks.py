"""A mark beside the name of an account wherever it appears: said by an app above, read in the query of the list itself.

An app above hangs a function of the account's place in a row; lists annotate `mark` by it, the pages of one account ask it:

    marks.hang(tier_beside)                       # tier_beside("account_id") is a Subquery of one word
    rows = marks.marked(ReviewRequest.objects..., "account_id")
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, QuerySet, Subquery
from django.utils.safestring import SafeString

from acr_program.people.prepared import Prepared
from acr_program.ui import markup
from acr_program.workflow.book import once

_beside: list[Callable[[str], Subquery]] = []


def hang(beside: Callable[[str], Subquery]) -> None:
    """The one function that says the mark of an account."""
    _beside[:] = [beside]


def marked[Q: QuerySet[Any]](rows: Q, account: str = "pk") -> Q:
    """The same rows, each knowing the mark of its account, in the same query; `account` is the account's place in a row."""
    if not _beside:
        return rows
    return rows.annotate(mark=Prepared(rows.model, _beside[0], account, of=CharField()))


def mark_of(account: Any, row: Any = None) -> str:
    """The mark of one account, as it came with its own row or with `row`, which is of it; else read once for a page."""
    for came in (account, row):
        if came is not None and "mark" in vars(came):
            return str(came.mark or "")
    return once(f"mark of account {account.pk}", lambda: asked(account))


def asked(account: Any) -> str:
    rows = marked(type(account)._default_manager.filter(pk=account.pk).order_by())
    return str((rows.values_list("mark", flat=True).first() if _beside else "") or "")


def beside(name: str, mark: Any) -> SafeString | str:
    """A name with its mark, for the cell of a list."""
    return SafeString(f"{markup.safe(name)} {badge(mark)}") if mark else name


def badge(mark: str, size: str = "") -> SafeString:
    return markup.badge(mark, "good", size=size)


def named(row: Any) -> SafeString | str:
    """The account of a row by its name, with the mark that came with the row."""
    return beside(row.account.name, getattr(row, "mark", ""))
