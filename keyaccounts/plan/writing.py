"""Every write to what stands in a plan: under the plan's lock, with a row of its log, and the part's age touched.

Two people who change the same row: what only one of them changed is taken over, what both changed raises `Clash`, with
the row as it stands, so that the second is shown both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError, UniqueConstraint
from django.utils.timezone import now
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.workflow.book import click
from acr_program.workflow.edit import note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock

from ..models import AccountPlan, Part
from ..plan_rules import on_team
from .kinds import Kind
from .row_forms import plain, values_of


class Clash(Refused):
    """Two people wrote the same fields of a row; `row` is what stands there now."""

    def __init__(self, row: Any, names: list[str]) -> None:
        words = _("%(who)s has changed this meanwhile. Both wordings stand below: choose, or keep both.")
        super().__init__(words % {"who": row.changed_by.name})
        self.row, self.names = row, names


class Gone(Refused):
    """The row was taken off meanwhile."""


Following = Callable[[Any, AccountPlan, bool], None]
_following: dict[type, Following] = {}


def follow(model: type, act: Following) -> None:
    """Let `act(row, plan, gone)` follow whatever is written of rows of this model, in the same click; said once."""
    _following[model] = act


def followed(row: Any, plan: AccountPlan, *, gone: bool = False) -> None:
    if act := _following.get(type(row)):
        act(row, plan, gone)


def check_writes(by: User, plan: AccountPlan, kind: Kind | None = None) -> None:
    """Refused unless this person writes the plan, or rows of this kind where they are not written by the team."""
    if kind is not None and kind.writer is not on_team:
        if not kind.writer(by, plan):
            words = _("“%(what)s” is written by %(who)s.")
            raise PermissionDenied(words % {"what": kind.title, "who": kind.writer.title})
    elif not on_team(by, plan):
        raise PermissionDenied(_("An account plan is written by %(who)s.") % {"who": on_team.title})


def check_changes(by: User, plan: AccountPlan, kind: Kind) -> None:
    """The same of a row that stands there already; one that is written once is changed by nobody."""
    if kind.final:
        raise PermissionDenied(_("This stays as it was written. What has changed since is written down anew."))
    check_writes(by, plan, kind)


def locked(plan: AccountPlan, by: User, *, owner: int | None = None, kind: Kind | None = None) -> AccountPlan:
    """The plan as it is now, for whoever writes it, or for the owner of what is written; an archived one is only read."""
    if owner is None or not by.acts_as(owner):
        check_writes(by, plan, kind)
    plan = lock(plan)
    if not plan.is_living:
        raise Refused(_("This plan is archived: it is only read."))
    return plan


def touch(plan: AccountPlan, part: str, by: User) -> None:
    """Somebody worked on this part today (N4.1)."""
    Part.objects.filter(plan=plan, key=part).update(touched_at=now(), touched_by=by)


def add_row(plan: AccountPlan, kind: Kind, *, by: User, row: Any, mine: dict[str, Any]) -> Any:
    """One more row of this kind."""
    with click():
        plan = locked(plan, by, kind=kind)
        row.plan = plan
        return kept(plan, kind, row, mine, by, before=None)


def keep_row(
    plan: AccountPlan, kind: Kind, pk: int, *, by: User, mine: dict[str, Any], read: dict[str, Any],
    owner: int | None = None,
) -> Any:  # fmt: skip
    """This row in other words. `read` is what was read of it: its revision and its values. Raises Clash or Gone.

    `owner`: whoever has the row and writes these fields of it as the team does.
    """
    if owner is None or not by.acts_as(owner):
        check_changes(by, plan, kind)
    with click():
        plan = locked(plan, by, owner=owner, kind=kind)
        row = kind.rows(plan).filter(pk=pk).first()
        if row is None:
            raise Gone(
                _(
                    "Somebody has taken this off meanwhile. What you wrote stands below: keep it as a new one, or leave it."
                )
            )
        before = values_of(row, kind.fields)
        wanted = settled(row, before, mine, read)
        if all(plain(value) == before[name] for name, value in wanted.items()):
            return row
        row.revision += 1
        return kept(plan, kind, row, wanted, by, before)


def keep_owned(plan: AccountPlan, kind: Kind, row: Any, *, by: User, mine: dict[str, Any], revision: int | None) -> Any:
    """A row that its own owner may write as well as the team: done, or refreshed. Refused where it has changed since."""
    with click():
        plan = locked(plan, by, owner=row.owner_id)
        there = kind.rows(plan).filter(pk=row.pk).first()
        if there is None:
            raise Gone(_("Somebody has taken this off already."))
        if revision != there.revision:
            words = _("%(who)s has changed this meanwhile. Look at it again.")
            raise Refused(words % {"who": there.changed_by.name})
        before = values_of(there, kind.fields)
        there.revision += 1
        return kept(plan, kind, there, mine, by, before)


def settled(row: Any, now_: dict[str, Any], mine: dict[str, Any], read: dict[str, Any]) -> dict[str, Any]:
    """What is to be written: of what both have changed nothing is guessed."""
    if read.get("revision") == row.revision:
        return mine
    base = read.get("values") or {}
    clashing = [
        name for name, value in mine.items() if len({repr(plain(value)), repr(now_[name]), repr(base.get(name))}) == 3
        or (plain(value) != now_[name] and name not in base)
    ]  # fmt: skip
    if clashing:
        raise Clash(row, clashing)
    return {name: value for name, value in mine.items() if plain(value) != base.get(name)}


def kept(plan: AccountPlan, kind: Kind, row: Any, wanted: dict[str, Any], by: User, before: Any) -> Any:
    """The row saved, its part touched, the change in the plan's log."""
    many = {name: value for name, value in wanted.items() if row._meta.get_field(name).many_to_many}
    for name in wanted.keys() - many.keys():
        setattr(row, name, wanted[name])
    row.changed_by, row.changed_at = by, now()
    check_once(row, wanted)
    row.save()
    for name, value in many.items():
        getattr(row, name).set(value)
    touch(plan, kind.part_of(row), by)
    followed(row, plan)
    after = values_of(row, kind.fields)
    differs = {name: [before[name], after[name]] for name in after if before and before[name] != after[name]}
    note(plan, by=by, changed={kind.key: [None, after] if before is None else [row.pk, differs]})
    return row


def check_once(row: Any, wanted: Iterable[str]) -> None:
    """What may stand once alone, asked under the lock: another may have written it since the form was looked through."""
    for one in row._meta.constraints:
        if isinstance(one, UniqueConstraint) and set(one.fields) & set(wanted):
            try:
                one.validate(type(row), row)
            except ValidationError:
                words = _("Somebody has written the same meanwhile, and it stands there once: change that one instead.")
                raise Refused(words) from None


def drop_row(plan: AccountPlan, kind: Kind, pk: int, *, by: User, revision: int | None) -> None:
    """Taken off; refused where somebody has changed it since, or where something hangs on it."""
    check_changes(by, plan, kind)
    with click():
        plan = locked(plan, by, kind=kind)
        row = kind.rows(plan).filter(pk=pk).first()
        if row is None:
            raise Gone(_("Somebody has taken this off already."))
        if revision != row.revision:
            words = _("%(who)s has changed this meanwhile. Look at it again before you take it off.")
            raise Refused(words % {"who": row.changed_by.name})
        before, part = values_of(row, kind.fields), kind.part_of(row)
        followed(row, plan, gone=True)
        try:
            row.delete()
        except ProtectedError as used:
            words = _("Something still hangs on it: %(what)s. Change that first.")
            raise Refused(words % {"what": ", ".join(sorted(str(one) for one in used.protected_objects)[:5])}) from None
        touch(plan, part, by)
        note(plan, by=by, changed={kind.key: [before, None]})


def keep_many(
    plan: AccountPlan, kind: Kind, rows: Iterable[Any], *, by: User, fields: dict[str, Callable[[Any], Any]]
) -> list[Any]:
    """The same fields of several rows, each by its own function; the plan is locked already. One row of the log for all."""
    kept_, differs = list(rows), []
    for row in kept_:
        before = values_of(row, list(fields))
        for name, value in fields.items():
            setattr(row, name, value(row))
        row.revision, row.changed_by, row.changed_at = row.revision + 1, by, now()
        differs.append([row.pk, {name: [before[name], after] for name, after in values_of(row, list(fields)).items()}])
    if kept_:
        kind.model._default_manager.bulk_update(kept_, [*fields, "revision", "changed_by", "changed_at"])
        touch(plan, kind.part_of(kept_[0]), by)
        for row in kept_:
            followed(row, plan)
        note(plan, by=by, changed={kind.key: differs})
    return kept_
