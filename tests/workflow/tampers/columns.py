"""One column of one row changed, alone or with the hashes made right again."""

from collections.abc import Callable
from datetime import timedelta

from .kinds import KINDS, named, rehash, write

COLUMNS = {
    "content_type_id": lambda row, log: log.elsewhere,
    "object_id": lambda row, log: 10**6,
    "version": lambda row, log: 9,
    "step": lambda row, log: "reopen",
    "before": lambda row, log: "closed",
    "after": lambda row, log: "closed",
    "by_id": lambda row, log: log.somebody,
    "on_behalf_of_id": lambda row, log: log.somebody,
    "at": lambda row, log: row.at - timedelta(days=30),
    "key": lambda row, log: "another click",
    "account_id": lambda row, log: log.other[0].account_id,
    "detail_digest": lambda row, log: "e" * 64,
    "previous": lambda row, log: "d" * 64,
    "hash": lambda row, log: "c" * 64,
}


def of_column(name: str, value: Callable) -> None:
    def edited(log) -> str:
        row = log.rows[1]
        write(row, **{name: value(row, log)})
        return named(row)

    def edited_and_hashed_again(log) -> str:
        row = log.rows[1]
        write(row, **{name: value(row, log)})
        rehash(row)
        return named(row)

    def edited_and_the_chain_hashed_again(log) -> str:
        row = log.rows[1]
        write(row, **{name: value(row, log)})
        rehash(*log.rows[1:])
        return named(row)

    def edited_at_the_end_and_hashed_again(log) -> str:
        row = log.rows[-1]
        write(row, **{name: value(row, log)})
        rehash(row)
        return named(row)

    KINDS[f"{name}: edited"] = edited
    if name in ("step", "by_id", "on_behalf_of_id", "at", "key", "account_id", "detail_digest"):
        KINDS[f"{name}: edited and hashed again"] = edited_and_hashed_again
    if name in ("step", "by_id", "at"):
        KINDS[f"{name}: edited and the chain hashed again"] = edited_and_the_chain_hashed_again
        KINDS[f"{name}: edited at the end and hashed again"] = edited_at_the_end_and_hashed_again


for column in COLUMNS.items():
    of_column(*column)
