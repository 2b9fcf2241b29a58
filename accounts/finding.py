"""What the search finds among accounts."""

from __future__ import annotations

from acr_program.desk.search import Hit, matching
from acr_program.people.models import User

from .marks import mark_of, marked
from .models import Account


def find(user: User, text: str) -> list[Hit]:
    rows = matching(marked(Account.objects.visible_to(user)).order_by("name", "pk"), text)
    return [
        Hit(
            account.name, account.get_absolute_url(), ", ".join(filter(None, (mark_of(account), account.city, account.country))),
            badge=account.get_status_display(), tone=account.tone, icon="building", of=account,
        )
        for account in rows
    ]  # fmt: skip
