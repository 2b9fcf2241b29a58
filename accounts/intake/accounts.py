"""Accounts as a CRM hands them over; one without a manager, or with one not yet known, is taken in and listed as open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from acr_program.intake.kinds import Done, Key, Kind, Row, Run, Standing, Values
from acr_program.intake.undoing import TOUCHED, hanging
from acr_program.people.models import User
from acr_program.workflow.edit import begin_many, note_many
from acr_program.workflow.remove import remove_many

from ..actions import barred, change_many, tell_managers
from ..choices import AccountStatus
from ..models import Account, Contact
from ..places import theater_of
from . import main_contact
from .account_fields import FIELDS

PLAIN = ("code", "name", "business_unit", "sector", "theater", "country", "region", "city", "street", "postcode")
READ = ("pk", "manager_id", "manager__email", "manager_named", "customer_since", *PLAIN)
OWN = {"id", "version", *Account.DERIVES}


class AccountsKind(Kind):
    """Customer accounts, each with whoever is first to be addressed there."""

    listed = ("accounts:accounts", later("To the accounts"))
    name = "accounts"
    title = later("Accounts")
    noun = (later("account"), later("accounts"))
    model = Account
    key = ("code",)
    label = ("name",)
    similar = "name"
    help = later(
        "Customers, each with its manager and main contact. A manager who is not known yet is taken over later."
    )
    fields = FIELDS

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.people: dict[str, int] = {}
        self.shut: dict[tuple[int, int], str] = {}  # who cannot become the manager of which account now, and why
        self.handed: list[Account] = []

    # --- looking ---

    def prepare(self, rows: list[Row]) -> None:
        if ahead := {row.values["manager"] for row in rows if row.values.get("manager")} - self.people.keys():
            self.people |= dict(User.objects.people().filter(email__in=ahead).values_list("email", "pk"))

    def standing(self, keys: list[Key], *, pks: list[int] | None = None, lock: bool = False) -> dict[Key, Standing]:
        rows = (
            Account.objects.filter(pk__in=pks) if pks else Account.objects.filter(code__in=[code for (code,) in keys])
        )
        if lock:
            list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
        found: dict[Key, Standing] = {}
        for pk, manager_id, email, named, since, *told in rows.order_by().values_list(*READ):
            values = dict(zip(PLAIN, told, strict=True)) | {
                "manager": named or email or "",
                "customer_since": str(since or ""),
            }
            found[told[0] or f"#{pk}",] = Standing(pk, values | {"_manager_id": manager_id, "_manager_named": named})
        contacts = main_contact.of_accounts([one.pk for one in found.values()])
        for one in found.values():
            one.values.update(contacts.get(one.pk, {}))
        self.shut |= barred([one.pk for one in found.values()])
        return found

    def names(self) -> Iterable[tuple[int, str]]:
        return Account.objects.order_by("pk").values_list("pk", "name")

    def complete(self, row: Row) -> None:
        """The theater of the country, where none is told and none stands."""
        there = row.standing.values if row.standing else {}
        country = row.values.get("country") or there.get("country", "")
        if not (row.values.get("theater") or there.get("theater")) and (theater := theater_of(country)):
            row.values["theater"] = theater

    def objection(self, row: Row) -> str:
        manager = row.values.get("manager", "")
        if reason := self.shut_to(row):
            return reason
        if manager and manager not in self.people:
            words = _(
                "Nobody with the address %(email)s is known yet: the account is taken in, and its manager stays open."
            )
            row.notes.append(words % {"email": manager})
        elif not manager and not (row.standing and row.standing.values["manager"]):
            row.notes.append(_("Without an account manager."))
        if country := row.values.get("country"):
            there = row.standing.values.get("theater") if row.standing else ""
            if not (row.values.get("theater") or there):
                row.notes.append(_("Which theater %(country)s belongs to is not known.") % {"country": country})
        return ""

    def shut_to(self, row: Row) -> str:
        """Why the account cannot be given to whom the row names, if it is not theirs already."""
        manager = self.people.get(row.values.get("manager", ""), 0)
        return self.shut.get((row.standing.pk, manager), "") if row.standing else ""

    # --- writing ---

    def too_late(self, rows: list[Row]) -> dict[int, str]:
        return {row.number: reason for row in rows if (reason := self.shut_to(row))}

    def real(self, values: Values) -> Values:
        """The model's fields of what a row tells: a manager by number, or by name until there is one."""
        fields: Values = {name: values[name] for name in PLAIN if name in values}
        if "customer_since" in values:
            fields["customer_since"] = (
                date.fromisoformat(values["customer_since"]) if values["customer_since"] else None
            )
        if "manager" in values:
            known = self.people.get(values["manager"])
            fields |= {"manager_id": known, "manager_named": ""} if known else {"manager_named": values["manager"]}
        return fields

    def built(self, values: Values) -> Account:
        status = AccountStatus.ACTIVE if values.get("customer_since") else AccountStatus.PROSPECT
        return Account(status=status, **self.real(values))

    def create(self, rows: list[Row]) -> list[Done]:
        made = begin_many([self.built(row.values) for row in rows], by=self.run.by)
        kept, said = main_contact.keep([(one.pk, row.values, {}) for one, row in zip(made, rows, strict=True)])
        note_many(main_contact.changes(made, said), by=self.run.by)
        return [
            Done(one.pk, True, {"contact": kept.get(one.pk)}, one.name, number=row.number)
            for one, row in zip(made, rows, strict=True)
        ]

    def change(self, rows: list[Row]) -> list[Done]:
        pairs = [(row, row.standing) for row in rows if row.standing]
        kept = self.write([(standing, self.real(row.values), row.values) for row, standing in pairs])
        done = []
        for row, there in pairs:
            raw = {
                name: there.values[f"_{name}" if f"_{name}" in there.values else name] for name in self.real(row.values)
            }
            old = {"fields": raw, "contact": kept.get(there.pk)}
            done.append(Done(there.pk, False, old, there.values["name"], number=row.number))
        return done

    def write(self, rows: list[tuple[Standing, Values, Values]]) -> dict[int, Values]:
        comment = _("Import of %(file)s") % {"file": self.run.source}
        pks = [standing.pk for standing, _fields, _values in rows]
        by_number = Account.objects.in_bulk(pks)
        edits = [(by_number[there.pk], fields) for there, fields, _values in rows]
        self.handed += change_many(edits, by=self.run.by, comment=comment)
        kept, said = main_contact.keep([(there.pk, values, there.values) for there, _fields, values in rows])
        if said:
            note_many(
                main_contact.changes(list(Account.objects.filter(pk__in=said)), said), by=self.run.by, comment=comment
            )
        return kept

    def after(self) -> list[Done]:
        """Each new manager is told of all accounts of the file in one mail."""
        tell_managers(self.handed)
        return []

    # --- undoing ---

    def restore(self, done: list[tuple[Done, Values]]) -> dict[int, str]:
        there = {s.pk: s for s in self.standing([], pks=[one.pk for one, _values in done], lock=True).values()}
        same = {
            one.pk: one for one, values in done
            if one.pk in there and all(there[one.pk].values.get(name, "") == value for name, value in values.items())
        }  # fmt: skip
        hands = {pk: (pk, one.old["fields"].get("manager_id") or 0) for pk, one in same.items()}
        left = {pk: self.shut[pair] for pk, pair in hands.items() if pair in self.shut}
        same = {pk: one for pk, one in same.items() if pk not in left}
        rows = Account.objects.in_bulk(list(same))
        back = [(rows[pk], dated(one.old["fields"])) for pk, one in same.items()]
        self.handed += change_many(
            back, by=self.run.by, comment=_("Import of %(file)s undone") % {"file": self.run.source}
        )
        main_contact.restore([one.old["contact"] for one in same.values() if one.old.get("contact")])
        return {one.pk: left.get(one.pk, str(TOUCHED)) for one, _values in done if one.pk not in same}

    def after_undo(self) -> None:
        tell_managers(self.handed)

    def remove(self, done: list[tuple[Done, Values]]) -> dict[int, str]:
        pks = [one.pk for one, _values in done]
        rows = {row.pk: row for row in Account.objects.select_for_update(no_key=True).filter(pk__in=pks)}
        self.prepare([Row(0, (), values) for _done, values in done])
        contacts = {one.old["contact"]["pk"]: one.pk for one, _values in done if one.old.get("contact")}
        left = hanging(Account, pks, own=(Contact,))
        others = Contact.objects.filter(account__in=pks).exclude(pk__in=contacts).values_list("account_id", flat=True)
        left |= {pk: str(TOUCHED) for pk in others}
        left |= {contacts[pk]: reason for pk, reason in hanging(Contact, list(contacts)).items()} if contacts else {}
        for one, values in done:
            if one.pk not in rows or differs(rows[one.pk], self.built(values)):
                left[one.pk] = str(TOUCHED)
        gone = [row for pk, row in rows.items() if pk not in left]
        remove_many(gone, by=self.run.by, comment=_("Import of %(file)s undone") % {"file": self.run.source})
        return left


def dated(fields: Values) -> Values:
    """As the model takes them: days came as text."""
    if since := fields.get("customer_since"):
        return fields | {"customer_since": date.fromisoformat(since)}
    return fields | ({"customer_since": None} if "customer_since" in fields else {})


def differs(row: Account, made: Account) -> bool:
    """Whether anything but what follows by itself is other than it was made."""
    names: list[Any] = [one.attname for one in Account._meta.concrete_fields if one.attname not in OWN]
    return any(getattr(row, name) != getattr(made, name) for name in names)
