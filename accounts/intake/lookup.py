"""Rows that name their account by its customer number."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.intake.fields import Field
from acr_program.intake.kinds import Kind, Row

from ..models import Account

ACCOUNT = Field(
    "account", gettext_lazy("Customer number"), required=True, max_length=40,
    headings=("customer id", "customer no", "customer", "account number", "account no", "account id", "Kundennummer", "Kunde"),
)  # fmt: skip


class OfAccounts(Kind):
    """Finds the accounts of its rows: one query for each lot, none for those that were found before."""

    listed = ("accounts:accounts", gettext_lazy("To the accounts"))
    known: dict[str, int]

    def prepare(self, rows: list[Row]) -> None:
        self.find({row.values.get("account", "") for row in rows})

    def find(self, codes: Iterable[str]) -> None:
        self.known = getattr(self, "known", {})
        if ahead := {code for code in codes if code} - self.known.keys():
            self.known |= dict(Account.objects.filter(code__in=ahead).values_list("code", "pk"))

    def look_beside(self, faulty: list[Row]) -> None:
        self.find({row.values.get("account", "") for row in faulty})
        for row in faulty:
            if "account" in row.values and (sentence := OfAccounts.objection(self, row)):
                row.faults.append(sentence)

    def objection(self, row: Row) -> str:
        code = row.values.get("account", "")
        if code not in self.known:
            words = _("There is no account with the customer number “%(code)s”. Import the accounts first.")
            return words % {"code": code}
        return ""
