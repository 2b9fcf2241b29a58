"""Accounts that change hands, one or many: what apps above hang on it, and whom they say may not have them now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db import transaction

from acr_program.people.models import User
from acr_program.workflow.edit import edit_many
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import follow_many

from ..models import Account

Hands = tuple[int, int]  # an account, and somebody who would be its manager
_bars: list[Callable[[Collection[int]], dict[Hands, str]]] = []


def bar(find: Callable[[Collection[int]], dict[Hands, str]]) -> None:
    """Let an app above say, of many accounts at once, who cannot become their manager now, each with the reason."""
    if find not in _bars:
        _bars.append(find)


def barred(accounts: Collection[int]) -> dict[Hands, str]:
    """Who cannot be given one of these accounts now, and why: the same queries, whatever their number."""
    found: dict[Hands, str] = {}
    for find in _bars if accounts else ():
        found |= find(accounts)
    return found


def change_many(rows: Iterable[tuple[Account, dict[str, Any]]], *, by: User, comment: str = "") -> list[Account]:
    """The facts of many accounts at once, with what follows from the edit of each; tells no new manager (`tell_managers`)."""
    wanted = list(rows)
    people = User.objects.in_bulk({fields["manager_id"] for _account, fields in wanted if fields.get("manager_id")})
    with transaction.atomic():
        changed = edit_many(
            [(account, with_manager(fields, people)) for account, fields in wanted], by=by, comment=comment
        )
        follow_many(changed, "edit", [account.taken.entry for account in changed])
    return changed


def with_manager(fields: dict[str, Any], people: dict[int, User]) -> dict[str, Any]:
    """The manager as a person, so that the log and what follows find what they find after an edit by hand."""
    if "manager_id" not in fields:
        return fields
    return {name: value for name, value in fields.items() if name != "manager_id"} | {
        "manager": people.get(fields["manager_id"])
    }


def tell_managers(accounts: list[Account], entries: list[LogEntry] | None = None) -> None:
    """Have the new managers of these accounts told, each once whatever the number; `entries` are the edits that gave them."""
    edits = [account.taken.entry for account in accounts] if entries is None else entries
    pairs = [(account, entry) for account, entry in zip(accounts, edits, strict=True) if changes_hands(account, entry)]
    if pairs:
        follow_many([account for account, _entry in pairs], "hand_over", [entry for _account, entry in pairs])


def changes_hands(account: Account, entry: LogEntry) -> bool:
    """Whether this edit gave the account a manager."""
    return account.manager is not None and "manager" in entry.changed
