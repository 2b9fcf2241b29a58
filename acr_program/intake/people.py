"""People as the personnel system hands them over: who they are and whom they report to."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from acr_program.desk.many import change_many, enter_many, remove_many
from acr_program.people.choices import Role
from acr_program.people.folding import folded
from acr_program.people.models import RoleGrant, User

from .fields import Field
from .kinds import Done, Key, Kind, Row, Run, Standing, Values
from .undoing import TOUCHED, hanging

PLAIN = ("email", "name", "title", "code")
ROLES = {folded(str(word)): str(role) for role in Role for word in (role.value, role.label) if role != Role.MANAGER}
OWN = {"id", "password", "last_login", "joined_at", "search", "version", "reports_to_id", "time_zone"}


class PeopleKind(Kind):
    """A person of the company. Nobody is written to: invitations are sent from each person's page."""

    listed = ("desk:people", later("To the people"))
    name = "people"
    title = later("People")
    noun = (later("person"), later("people"))
    model = User
    key = ("email",)
    label = ("name",)
    whole = True  # one row names another as the one it reports to
    help = later("Who works here, and who reports to whom. Nobody is written to: they are invited from their pages.")
    fields = (
        Field("email", later("E-mail address"), "email", required=True, headings=("mail", "e-mail", "work email")),
        Field(
            "name", later("Name"), required=True, max_length=120, headings=("full name", "employee name", "employee")
        ),
        Field("title", later("Job title"), max_length=120, headings=("position", "function", "role title")),
        Field(
            "code",
            later("Employee number"),
            max_length=40,
            headings=("employee id", "employee no", "personnel number", "Personalnummer"),
        ),
        Field(
            "reports_to",
            later("Reports to"),
            max_length=254,
            headings=("manager", "leader", "supervisor", "Vorgesetzter"),
            help=later("By employee number or e-mail address."),
        ),
        Field(
            "roles",
            later("Roles"),
            max_length=120,
            headings=("role",),
            help=later("For new people alone: rep, leader, contributor …, divided by commas."),
        ),
    )

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.by_code: dict[str, str] = {}
        self.above: dict[str, str] = {}
        self.pks: dict[str, int] = {}

    # --- looking ---

    def prepare(self, rows: list[Row]) -> None:
        """Everybody who is there or comes, by number, and who is above whom once all rows are in."""
        there = User.objects.people().values_list("pk", "email", "code", "reports_to__email")
        self.above, self.pks, self.by_code = {}, {}, {}
        for pk, email, code, above in there:
            self.pks[email], self.above[email] = pk, above or ""
            if code:
                self.by_code[code] = email
        self.held = dict(self.by_code)  # numbers that somebody has already
        coming = {row.key[0] for row in rows}
        self.by_code |= {row.values["code"]: row.key[0] for row in rows if row.values.get("code")}
        self.known = self.pks.keys() | coming
        for row in rows:
            if "reports_to" in row.values:
                said = row.values["reports_to"]
                email = self.by_code.get(said, said.lower())
                if email in self.known:
                    row.values["reports_to"] = self.above[row.key[0]] = email
                else:
                    del row.values["reports_to"]
                    row.notes.append(_("Nobody is known as “%(who)s”: whom they report to stays open.") % {"who": said})

    def standing(self, keys: list[Key], *, pks: list[int] | None = None, lock: bool = False) -> dict[Key, Standing]:
        rows = User.objects.people().order_by()
        rows = rows.filter(pk__in=pks) if pks else rows.filter(email__in=[email for (email,) in keys])
        if lock:
            list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
        found: dict[Key, Standing] = {}
        for pk, above, above_pk, *told in rows.values_list("pk", "reports_to__email", "reports_to_id", *PLAIN):
            values: Values = dict(zip(PLAIN, told, strict=True)) | {"reports_to": above or "", "_reports_to": above_pk}
            found[told[0],] = Standing(pk, values)
        return found

    def complete(self, row: Row) -> None:
        """Roles are given to new people; those of others are changed on their pages."""
        said = row.values.pop("roles", "")
        if row.standing is None and said:
            row.values["roles"] = ", ".join(re.split(r"\s*[,;|/]\s*", said))

    def look_beside(self, faulty: list[Row]) -> None:
        for row in faulty:
            self.complete(row)
            row.faults += self.wrong_roles(row)

    def objection(self, row: Row) -> str:
        email, code = row.values["email"], row.values.get("code", "")
        faults = []
        if self.held.get(code, email) != email:
            faults.append(
                _("The employee number %(code)s is that of %(email)s.") % {"code": code, "email": self.held[code]}
            )
        elif self.by_code.get(code, email) != email:
            faults.append(_("The employee number %(code)s stands twice in the file.") % {"code": code})
        faults += self.wrong_roles(row)
        if row.values.get("reports_to") and self.circle(email):
            faults.append(_("In the end %(email)s would report to themselves.") % {"email": email})
        return " ".join(faults)

    @staticmethod
    def wrong_roles(row: Row) -> list[str]:
        words = [word for word in row.values.get("roles", "").split(", ") if word and folded(word) not in ROLES]
        return [_("“%(role)s” is no role that an import may give.") % {"role": word} for word in words]

    def circle(self, email: str) -> bool:
        seen, above = {email}, self.above.get(email, "")
        while above:
            if above == email:
                return True
            if above in seen:
                return False
            seen.add(above)
            above = self.above.get(above, "")
        return False

    # --- writing ---

    def real(self, values: Values) -> Values:
        return {name: values[name] for name in PLAIN if name in values}

    def create(self, rows: list[Row]) -> list[Done]:
        comment = _("Import of %(file)s") % {"file": self.run.source}
        fresh = [(User(**self.real(row.values)), roles_in(row.values)) for row in rows]
        made = enter_many(fresh, by=self.run.by, comment=comment)
        self.pks |= {person.email: person.pk for person in made}
        for person, row in zip(made, rows, strict=True):
            person.reports_to_id = self.pks.get(row.values.get("reports_to", ""))
        User.objects.bulk_update([person for person in made if person.reports_to_id], ["reports_to"], batch_size=500)
        return [
            Done(person.pk, True, {}, person.name, number=row.number) for person, row in zip(made, rows, strict=True)
        ]

    def change(self, rows: list[Row]) -> list[Done]:
        pairs = [(row, row.standing) for row in rows if row.standing]
        self.write(
            [(there.pk, self.real(row.values) | self.leader(row.values)) for row, there in pairs],
            _("Import of %(file)s"),
        )
        return [
            Done(there.pk, False, old_of(there, row.values), there.values["name"], number=row.number)
            for row, there in pairs
        ]

    def leader(self, values: Values) -> Values:
        return {"reports_to": self.pks.get(values["reports_to"])} if "reports_to" in values else {}

    def write(self, rows: list[tuple[int, Values]], comment: str) -> None:
        numbers = {pk for pk, _fields in rows} | {
            fields["reports_to"] for _pk, fields in rows if fields.get("reports_to")
        }
        people = User.objects.select_related("reports_to").in_bulk(list(numbers))
        wanted = [
            (people[pk], fields | ({"reports_to": people.get(fields["reports_to"])} if "reports_to" in fields else {}))
            for pk, fields in rows
        ]
        change_many(wanted, by=self.run.by, comment=comment % {"file": self.run.source})

    # --- undoing ---

    def restore(self, done: list[tuple[Done, Values]]) -> dict[int, str]:
        there = {s.pk: s for s in self.standing([], pks=[one.pk for one, _values in done], lock=True).values()}
        same = [
            one for one, values in done
            if one.pk in there and all(there[one.pk].values.get(name, "") == value for name, value in values.items())
        ]  # fmt: skip
        self.write([(one.pk, one.old) for one in same], _("Import of %(file)s undone"))
        return {one.pk: str(TOUCHED) for one, _values in done if one not in same}

    def remove(self, done: list[tuple[Done, Values]]) -> dict[int, str]:
        rows = {
            row.pk: row
            for row in User.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one, _v in done])
        }
        emails = dict(
            User.objects.filter(pk__in={row.reports_to_id for row in rows.values()}).values_list("pk", "email")
        )
        left = {
            one.pk: str(TOUCHED) for one, values in done
            if one.pk not in rows or self.differs(rows[one.pk], values, emails)
        }  # fmt: skip
        left |= wrongly_granted(done)
        ready = [pk for pk in rows if pk not in left]
        left |= hanging(User, ready, own=(RoleGrant, User)) if ready else {}
        above = dict(User.objects.filter(reports_to__in=ready).values_list("pk", "reports_to_id"))
        while held := {
            up for pk, up in above.items() if up in ready and up not in left and (pk in left or pk not in rows)
        }:
            left |= {pk: str(_("Somebody who stays reports to them.")) for pk in held}
        comment = _("Import of %(file)s undone") % {"file": self.run.source}
        remove_many([rows[pk] for pk in ready if pk not in left], by=self.run.by, comment=comment)
        return left

    def differs(self, row: User, values: Values, emails: dict[int, str]) -> bool:
        made = User(**self.real(values))
        names: list[Any] = [one.attname for one in User._meta.concrete_fields if one.attname not in OWN]
        moved = (emails.get(row.reports_to_id or 0, "")) != values.get("reports_to", "")
        return moved or row.last_login is not None or any(getattr(row, name) != getattr(made, name) for name in names)


def roles_in(values: Values) -> list[str]:
    return sorted({ROLES[folded(word)] for word in values.get("roles", "").split(", ") if word})


def old_of(there: Standing, values: Values) -> Values:
    old = {name: there.values[name] for name in values if name in PLAIN}
    return old | ({"reports_to": there.values["_reports_to"]} if "reports_to" in values else {})


def wrongly_granted(done: list[tuple[Done, Values]]) -> dict[int, str]:
    """Those whose roles are others by now."""
    held: dict[int, list[str]] = {}
    for pk, role in RoleGrant.objects.filter(person__in=[one.pk for one, _values in done]).values_list(
        "person_id", "role"
    ):
        held.setdefault(pk, []).append(role)
    return {one.pk: str(TOUCHED) for one, values in done if sorted(held.get(one.pk, [])) != roles_in(values)}
