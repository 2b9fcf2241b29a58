"""Addresses that differ by a key alone: a route is looked up once, not once for each row of a list."""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

NUMBER, NAME = 7_070_707_070_707_070, UUID(int=0x7070707070707070)


def address_of(route: str, pk: int | UUID | None) -> str:
    """The address of a route whose one argument is a key: what `reverse` says, in a tenth of its time."""
    if pk is None:
        return reverse(route, args=[pk])  # which refuses: a row that is not kept yet has no address
    before, after = around(route, isinstance(pk, UUID), get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)
    return f"{before}{pk}{after}"


@lru_cache(maxsize=512)
def around(route: str, named: bool, prefix: str, urlconf: str) -> tuple[str, str]:
    """What stands before and behind the key."""
    mark = NAME if named else NUMBER
    before, _mark, after = reverse(route, args=[mark]).partition(str(mark))
    return before, after
