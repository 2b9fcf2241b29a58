"""The people met at customers, each by account and name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from acr_program.intake.fields import Field
from acr_program.intake.kinds import Done, Key, Row, Standing, Values
from acr_program.intake.undoing import TOUCHED, hanging
from acr_program.workflow.edit import note_many

from ..actions.contacts import told
from ..models import Account, Contact
from .lookup import ACCOUNT, OfAccounts

PARTS = ("name", "title", "email", "phone")
YES_NO = (("yes", _("yes")), ("no", _("no")))


class ContactsKind(OfAccounts):
    """Somebody at a customer."""

    name = "contacts"
    title = _("Contacts")
    noun = (_("contact"), _("contacts"))
    model = Contact
    key = ("account", "name")
    label = ("name", "account")
    help = _("People met at customers, each with the customer number of the account.")
    fields = (
        ACCOUNT,
        Field("name", _("Name"), required=True, max_length=120, headings=("contact name", "full name", "contact")),
        Field("title", _("Job title"), max_length=120, headings=("contact title", "position", "function")),
        Field("email", _("E-mail address"), "email", headings=("contact email", "e-mail", "mail")),
        Field("phone", _("Phone"), max_length=40, headings=("telephone", "contact phone", "mobile")),
        Field(
            "is_main",
            _("Main contact"),
            "choice",
            choices=YES_NO,
            headings=("main", "primary", "first to be addressed"),
        ),
    )

    def standing(self, keys: list[Key], *, pks: list[int] | None = None, lock: bool = False) -> dict[Key, Standing]:
        wanted = (
            {"pk__in": pks}
            if pks
            else {"account__code__in": {key[0] for key in keys}, "name__in": {key[1] for key in keys}}
        )
        rows = Contact.objects.filter(**wanted).order_by("pk")
        if lock:
            accounts = rows.values("account")
            list(
                Account.objects.select_for_update(no_key=True).filter(pk__in=accounts).order_by("pk").values_list("pk")
            )
        found: dict[Key, Standing] = {}
        for pk, account, code, main, *parts in rows.values_list("pk", "account_id", "account__code", "is_main", *PARTS):
            values: Values = dict(zip(PARTS, parts, strict=True)) | {"is_main": "yes" if main else "no"}
            found[code or f"#{account}", values["name"]] = Standing(pk, values | {"account": code, "_account": account})
        return found

    def real(self, values: Values) -> Values:
        fields: Values = {name: values[name] for name in PARTS if name in values}
        return fields | ({"is_main": values["is_main"] == "yes"} if "is_main" in values else {})

    def create(self, rows: list[Row]) -> list[Done]:
        made = [Contact(account_id=self.known[row.values["account"]], **self.real(row.values)) for row in rows]
        before = self.lower([one for one in made if one.is_main])
        Contact.objects.bulk_create(made, batch_size=500)
        self.say([(one.account_id, None, told(one)) for one in made])
        return [
            Done(one.pk, True, {"before": before.get(one.account_id)}, one.name, number=row.number)
            for one, row in zip(made, rows, strict=True)
        ]

    def lower(self, mains: list[Contact]) -> dict[int, int]:
        """One account has one main contact: whoever was it before gives way; who that was."""
        accounts = {one.account_id for one in mains}
        before = Contact.objects.filter(account__in=accounts, is_main=True).exclude(
            pk__in=[one.pk for one in mains if one.pk]
        )
        found = dict(before.values_list("account_id", "pk"))
        Contact.objects.filter(pk__in=found.values()).update(is_main=False)
        return found

    def say(self, changes: Iterable[tuple[int, Any, Any]]) -> None:
        """In the log of each account."""
        by_account: dict[int, dict[str, Any]] = {}
        for account, old, new in changes:
            by_account.setdefault(account, {})[f"contact {(new or old)['name']}"] = [old, new]
        accounts = Account.objects.select_for_update(no_key=True).filter(pk__in=by_account).order_by("pk")
        note_many([(account, by_account[account.pk]) for account in accounts], by=self.run.by)

    def change(self, rows: list[Row]) -> list[Done]:
        pairs = [(row.standing.pk, row.values) for row in rows if row.standing]
        before = self.write(pairs)
        return [
            Done(
                row.standing.pk, False, self.real({name: row.standing.values[name] for name in row.values})
                | {"_before": before.get(row.standing.values["_account"])}, row.key[1], number=row.number,
            )
            for row in rows if row.standing
        ]  # fmt: skip

    def write(self, rows: list[tuple[int, Values]]) -> dict[int, int]:
        contacts = Contact.objects.in_bulk([pk for pk, _values in rows])
        old = {pk: told(one) for pk, one in contacts.items()}
        for pk, values in rows:
            for name, value in self.real(values).items():
                setattr(contacts[pk], name, value)
        before = self.lower([one for one in contacts.values() if one.is_main and not old[one.pk]["is_main"]])
        Contact.objects.bulk_update(contacts.values(), [*PARTS, "is_main"], batch_size=500)
        self.say([(one.account_id, old[pk], told(one)) for pk, one in contacts.items()])
        return before

    def agreeing(self, done: list[tuple[Done, Values]]) -> dict[int, Done]:
        """Those that are still as this import left them."""
        there = {s.pk: s for s in self.standing([], pks=[one.pk for one, _values in done], lock=True).values()}
        return {
            one.pk: one for one, values in done
            if one.pk in there and all(there[one.pk].values.get(name, "") == value for name, value in values.items())
        }  # fmt: skip

    def restore(self, done: list[tuple[Done, Values]]) -> dict[int, str]:
        same = self.agreeing(done)
        contacts = Contact.objects.in_bulk(list(same))
        now = {pk: told(one) for pk, one in contacts.items()}
        for pk, one in same.items():
            for name, value in one.old.items():
                if not name.startswith("_"):
                    setattr(contacts[pk], name, value)
        if contacts:
            Contact.objects.bulk_update(contacts.values(), [*PARTS, "is_main"], batch_size=500)
        self.raise_again([one.old.get("_before") for one in same.values()])
        self.say([(one.account_id, now[pk], told(one)) for pk, one in contacts.items()])
        return {one.pk: str(TOUCHED) for one, _values in done if one.pk not in same}

    def remove(self, done: list[tuple[Done, Values]]) -> dict[int, str]:
        blank = {"title": "", "email": "", "phone": "", "is_main": "no"}
        same = self.agreeing([(one, blank | values) for one, values in done])
        left = {one.pk: str(TOUCHED) for one, _values in done if one.pk not in same}
        left |= hanging(Contact, list(same)) if same else {}
        gone = Contact.objects.in_bulk([pk for pk in same if pk not in left])
        Contact.objects.filter(pk__in=gone).delete()
        self.raise_again([same[pk].old.get("before") for pk in gone])
        self.say([(one.account_id, told(one), None) for one in gone.values()])
        return left

    def raise_again(self, pks: list[int | None]) -> None:
        """Whoever was the main contact before is it again, where nobody else is by now."""
        for contact in Contact.objects.filter(pk__in=[pk for pk in pks if pk]):
            if not Contact.objects.filter(account=contact.account_id, is_main=True).exists():
                Contact.objects.filter(pk=contact.pk).update(is_main=True)
