"""Who else approves the reviews of an account, in their order; each change in the log of the account (R-17)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.workflow.edit import note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.perform import check_seen

from ..models import Account, Designation
from .rights import check_designating


def designated(account: Account) -> list[User]:
    """The leaders designated for the account, in their order."""
    return [row.user for row in account.designations.select_related("user")]


def designate(account: Account, leaders: Sequence[User], *, by: User, seen: int | None, why: str = "") -> Account:
    """Name who approves after the account manager's own leader; what is asked already stays with whom it was asked of."""
    check_designating(by)
    with transaction.atomic():
        account = lock(account)
        check_seen(account, seen, None)
        if any(leader.pk == account.manager_id for leader in leaders):
            words = _("%(name)s manages this account, and nobody approves their own reviews: choose somebody else.")
            raise Refused(words % {"name": account.manager})
        old, new = designated(account), list(dict.fromkeys(leaders))
        if old != new:
            account.designations.all().delete()
            Designation.objects.bulk_create(
                [Designation(account=account, user=leader, place=place) for place, leader in enumerate(new, start=1)]
            )
            note(
                account,
                by=by,
                comment=why,
                changed={"designated_leaders": [[str(p) for p in old], [str(p) for p in new]]},
            )
    return account
