"""Managers whom the CRM named before they were known, found when people come."""

from __future__ import annotations

from django.utils.translation import gettext as _

from acr_program.intake.kinds import Done, Run
from acr_program.people.models import User
from acr_program.workflow.edit import edit, edit_many
from acr_program.workflow.log import LogEntry
from acr_program.workflow.registry import consequences

from ..models import Account


def match_managers(run: Run) -> list[Done]:
    """Give each account that waits for somebody who is there by now its manager; what it did can be undone."""
    waiting = list(Account.objects.exclude(manager_named="").order_by("pk"))
    known = dict(
        User.objects.people().filter(email__in={one.manager_named for one in waiting}).values_list("email", "pk")
    )
    found = [one for one in waiting if one.manager_named in known]
    done = [
        Done(
            one.pk, False, {"fields": {"manager_id": one.manager_id, "manager_named": one.manager_named}}, one.name,
            kind="accounts", values={"manager": one.manager_named},
        )
        for one in found
    ]  # fmt: skip
    edit_many([(one, {"manager_id": known[one.manager_named], "manager_named": ""}) for one in found], by=run.by)
    return done


def take_over(person: User, entry: LogEntry) -> None:
    """Somebody was entered by hand, or has another address now: the accounts that name it get their manager.

    Each is edited as on its page, so that its reviews under way go along and the new manager is told.
    """
    waiting = Account.objects.filter(has_open_ends=True, manager_named__iexact=person.email).order_by("pk")
    for account in waiting if person.is_active else ():
        comment = _("The CRM named %(email)s.") % {"email": person.email}
        changed = edit(account, seen=account.version, by=entry.by, comment=comment, manager=person, manager_named="")
        for follow in consequences(changed.step_name("edit")):
            follow(changed, changed.taken.entry)
