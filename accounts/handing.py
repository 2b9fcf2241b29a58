"""Many accounts handed to another account manager at once, as when somebody leaves."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.bulk.acts import ListAct
from acr_program.bulk.models import Bulk, BulkRow
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_office
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry

from .actions import change, tell_managers
from .forms import ManagerForm
from .models import Account


class HandOver(ListAct):
    """The accounts go to one manager; what follows is what follows from changing the manager of one."""

    def is_for(self, user: User) -> bool:
        return program_office(user)

    def meaning(self, bulk: Bulk) -> str:
        return _("Reviews under way go along, and the new account manager is told of all of them in one mail.")

    def look(self, obj: Account) -> tuple[bool, str]:
        known = obj.manager.name if obj.manager else obj.manager_named
        return True, _("leaves %(name)s") % {"name": known} if known else _("is with nobody yet")

    def form(self, bulk: Bulk, data: Any, by: User) -> Any:
        return ManagerForm(data)

    def take(self, bulk: Bulk, row: BulkRow, by: User) -> str:
        """As if the office changed the manager of this one account; who stopped being a representative gets none."""
        account = Account.objects.visible_to(by).filter(pk=row.object_id).first()
        manager = User.objects.holding(Role.REP).filter(pk=bulk.data["manager"]).first()
        if account is None:
            raise Refused(_("There is nothing here that you can see."))
        if manager is None:
            raise Refused(_("Whoever was chosen is no sales representative any more. Choose somebody else."))
        if account.manager_id == manager.pk:
            return _("was with %(name)s already") % {"name": manager.name}
        account = change(account, by=by, seen=row.seen, tell=False, manager=manager, manager_named="")
        row.data["entry"] = account.taken.entry.pk
        return _("is with %(name)s now") % {"name": manager.name}

    def ended(self, bulk: Bulk, done: list[BulkRow]) -> None:
        """One mail lists them all; an account that has gone on to somebody else meanwhile is theirs to hear of."""
        entries = LogEntry.objects.select_related("by", "detail").in_bulk(
            [row.data["entry"] for row in done if "entry" in row.data]
        )
        given = {entry.object_id: entry for entry in entries.values()}
        accounts = list(
            Account.objects.filter(pk__in=given, manager=bulk.data["manager"])
            .select_related("manager")
            .order_by("name", "pk")
        )
        tell_managers(accounts, [given[account.pk] for account in accounts])


HAND_OVER = HandOver("accounts.hand_over", list_name="accounts", label=gettext_lazy("Hand over"))
