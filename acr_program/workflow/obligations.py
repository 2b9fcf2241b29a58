"""Obligations: what waits for a person, and by when (docs/workflows)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from acr_program.people.acting import in_hand, own_place
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.models import reader as somebody

from .days import add_working_days, morning_of

_apart: list[type[models.Model]] = []
_in_person: list[type[models.Model]] = []
_absent: list[Callable[[User], Any]] = []


def never_for_oneself(model: type[models.Model]) -> None:
    """Whoever waits for such a thing does not do it in somebody else's place either (M8); said in AppConfig.ready."""
    if model not in _apart:
        _apart.append(model)


def apart() -> tuple[int, ...]:
    """Their kinds, as rows name them."""
    return tuple(ContentType.objects.get_for_model(model).pk for model in _apart)


def in_person(model: type[models.Model]) -> None:
    """Such a thing is done by whoever is asked, in person: it waits for no stand-in and is not shown to one; in AppConfig.ready."""
    if model not in _in_person:
        _in_person.append(model)


def absent_from(keys: Callable[[User], Any]) -> None:
    """Let `keys(user)`, a subquery of keys of accounts, say of which nothing waits for this executive; in AppConfig.ready."""
    if keys not in _absent:
        _absent.append(keys)


def in_person_kinds() -> list[int]:
    """Their kinds, as rows name them."""
    return [ContentType.objects.get_for_model(model).pk for model in _in_person]


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def open(self) -> ObligationQuerySet:
        return self.filter(closed_at=None)

    def told_to_others(self) -> ObligationQuerySet:
        """Without what is done in person: of that nobody else is told, for it may be absent from them."""
        return self.exclude(content_type__in=in_person_kinds()) if _in_person else self

    def of(self, obj: models.Model) -> ObligationQuerySet:
        return self.filter(content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk)

    def waiting_for(self, user: User) -> ObligationQuerySet:
        """What this person has to do: as themselves, for those they stand in for, and in their roles."""
        waiting = self.waiting([user.pk, *user.stands_in_for], user.roles, user.pk, apart())
        return waiting.order_by("due_at", "pk")

    def waiting(
        self, people: Collection[int], roles: Collection[str], reader: int, kinds: Collection[int]
    ) -> ObligationQuerySet:
        """What these people have to do by name, and whoever holds one of these roles; `kinds` nobody does for their own sake."""
        found = self.open().filter(Q(person__in=people) | Q(person=None, role__in=roles))
        others = set(people) - {reader}
        if others and _in_person:
            found = found.exclude(content_type__in=in_person_kinds(), person__in=others)
        found = found.without_absent(reader, roles, others)
        return (
            found.exclude(content_type__in=kinds, waiter=reader, person__in=set(people) - {reader}) if kinds else found
        )

    def without_absent(self, reader: int, roles: Collection[str], others: Collection[int]) -> ObligationQuerySet:
        """Without those about accounts that are absent from this executive; `others` are whom they stand in for."""
        found = self
        if Role.EXECUTIVE in roles:
            who = somebody(reader, frozenset(roles), frozenset(others))
            for keys in _absent:
                found = found.exclude(account_id__in=keys(who))
        return found

    def awaited_by(self, user: User) -> ObligationQuerySet:
        """What others have to do that this person waits for."""
        found = self.waited_for_by(user.pk).without_absent(user.pk, user.roles, user.stands_in_for)
        return found.select_related("person").order_by("due_at", "pk")

    def waited_for_by(self, person: int) -> ObligationQuerySet:
        return self.open().filter(waiter=person).exclude(person=person)


class Obligation(models.Model):
    """One thing that waits for one person, or for whoever holds a role, until a moment."""

    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    about = GenericForeignKey()
    account_id = models.PositiveBigIntegerField(null=True)
    step = models.CharField(_("step that answers it"), max_length=50)
    what = models.CharField(_("what"), max_length=200)
    title = models.CharField(_("of what"), max_length=200)
    url = models.CharField(max_length=200)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="obligations")
    role = models.CharField(max_length=12, choices=Role.choices, blank=True)
    waiter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="awaits")
    due_at = models.DateTimeField(_("due"))
    remind_at = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True)
    escalate_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation")
        constraints = (
            models.CheckConstraint(condition=Q(role__in=["", *Role.values]), name="obligation_role_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, role="") | (Q(person=None) & ~Q(role="")),
                name="obligation_of_person_or_role",
            ),
        )
        indexes = (
            models.Index(fields=["person", "due_at", "id"], name="obligation_of_person", condition=Q(closed_at=None)),
            models.Index(fields=["role", "due_at", "id"], name="obligation_of_role", condition=Q(closed_at=None)),
            models.Index(fields=["waiter", "due_at", "id"], name="obligation_awaited", condition=Q(closed_at=None)),
            models.Index(fields=["due_at", "id"], name="obligation_by_due", condition=Q(closed_at=None)),
            models.Index(fields=["remind_at"], name="obligation_to_remind", condition=Q(closed_at=None)),
            models.Index(fields=["escalate_at"], name="obligation_to_escalate", condition=Q(closed_at=None)),
            models.Index(fields=["content_type", "object_id"], name="obligation_about"),
            models.Index(fields=["account_id"], name="obligation_of_account"),
        )

    def __str__(self) -> str:
        return f"{self.what} ({self.title})"

    @property
    def is_late(self) -> bool:
        return self.closed_at is None and self.due_at < now()

    @property
    def holder_name(self) -> str:
        return self.person.name if self.person else str(Role(self.role).label)

    def waits_for(self, user: User) -> bool:
        """Whether it is this person's: by name, for somebody they stand in for, or by a role they hold."""
        return user.acts_as(self.person_id) if self.person_id else self.role in user.roles

    def with_whom(self, user: User) -> str:
        """The holder, as said to this person; whoever acts for somebody away with both names."""
        if self.waits_for(user):
            who, note = str(_("you")), own_place(user, self.person_id)
        else:
            who, note = in_hand(user, self.person_id, self.holder_name)
        return f"{who} {note}" if note else who


def open_for(obj: Any, awaits: Any, *, waiter: User | None) -> list[Obligation]:
    """The rows for one awaited thing: one a person its audience names, or one for the role."""
    who = awaits.who
    holders: list[dict[str, Any]] = [{"role": who}] if isinstance(who, Role) else [{"person": p} for p in who(obj)]
    due_at = awaits.due(obj)
    opened = now()
    remind_at, escalate_at = moments(awaits, opened, due_at)
    return [
        Obligation(
            content_type=ContentType.objects.get_for_model(obj),
            object_id=obj.pk,
            account_id=obj.account_id,
            step=awaits.step,
            what=str(awaits.what),
            title=obj.waits_as[:200],
            url=obj.get_absolute_url(),
            waiter=waiter,
            due_at=due_at,
            remind_at=remind_at,
            again_at=_moment(opened, awaits.again, due_at, 0) if awaits.again else None,
            escalate_at=escalate_at,
            opened_at=opened,
            **holder,
        )
        for holder in holders
    ]


def moments(awaits: Any, opened: datetime, due_at: datetime) -> tuple[datetime, datetime]:
    """When whoever has it is reminded, and when it goes up."""
    return _moment(opened, awaits.remind, due_at, -1), _moment(opened, awaits.escalate, due_at, 2)


def _moment(opened: datetime, working_days: int, due_at: datetime, beside_due: int) -> datetime:
    """The morning so many working days after the opening; where none are said, beside the day it is due."""
    start, count = (opened, working_days) if working_days else (due_at, beside_due)
    return max(morning_of(add_working_days(localdate(start), count)), opened)
