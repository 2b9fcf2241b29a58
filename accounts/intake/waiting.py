"""Managers whom the CRM named before they were known, found when people come."""

from __future__ import annotations

from django.utils.translation import gettext as _

from acr_program.intake.kinds import Done, Run
from acr_program.people.models import User
from acr_program.workflow.log import LogEntry

from ..actions import barred, change_many, tell_managers
from ..models import Account


def match_managers(run: Run) -> list[Done]:
    """Give each account that waits for somebody who is there by now its manager; what it did can be undone.

    Whoever came with the file has not been invited yet and hears of nothing: their first Today lists their accounts.
    """
    waiting = list(Account.objects.exclude(manager_named="").order_by("pk"))
    known = dict(
        User.objects.people().filter(email__in={one.manager_named for one in waiting}).values_list("email", "pk")
    )
    found = open_to([(one, known[one.manager_named]) for one in waiting if one.manager_named in known])
    done = [
        Done(
            one.pk, False, {"fields": {"manager_id": one.manager_id, "manager_named": one.manager_named}}, one.name,
            kind="accounts", values={"manager": one.manager_named},
        )
        for one, _person in found
    ]  # fmt: skip
    comment = _("Import of %(file)s") % {"file": run.source}
    wanted = [(one, {"manager_id": person, "manager_named": ""}) for one, person in found]
    changed = change_many(wanted, by=run.by, comment=comment)
    tell_managers([account for account in changed if account.manager and account.manager.has_usable_password()])
    return done


def take_over(person: User, entry: LogEntry) -> None:
    """Somebody was entered by hand, or has another address now: the accounts that name it get their manager.

    Each is edited as on its page, so that its reviews under way go along; the new manager is told of all in one mail.
    """
    waiting = Account.objects.filter(has_open_ends=True, manager_named__iexact=person.email).order_by("pk")
    found = open_to([(account, person.pk) for account in waiting if person.is_active])
    comment = _("The CRM named %(email)s.") % {"email": person.email}
    wanted = [(account, {"manager_id": manager, "manager_named": ""}) for account, manager in found]
    tell_managers(change_many(wanted, by=entry.by, comment=comment))


def open_to(pairs: list[tuple[Account, int]]) -> list[tuple[Account, int]]:
    """Those that can be given to the person beside them; the others stay among the open ends."""
    shut = barred([account.pk for account, _person in pairs])
    return [(account, person) for account, person in pairs if (account.pk, person) not in shut]
