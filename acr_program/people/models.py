"""People, what they may do, and who stands in for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from .choices import Role
from .folding import folded
from .prepared import asked, row_of

CLOCK = "clock@system.invalid"
CUSTOMER = "customer@system.invalid"
PRINTER = "printer@system.invalid"


class UserManager(BaseUserManager["User"]):
    """Makes people, and knows the three who are not: the clock, a customer by link, the printer."""

    def create_user(self, email: str, name: str = "", password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), name=name or email.split("@")[0], **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, name: str = "", password: str | None = None, **fields: object) -> User:
        """Opens Django's admin site for looking; it grants no step of the program."""
        return self.create_user(email, name, password, is_staff=True, is_superuser=True, **fields)

    def clock(self) -> User:
        """The scheduler, as the one who takes the steps nobody has to."""
        return self._system(CLOCK, "The clock")

    def customer(self) -> User:
        """Somebody at the customer who came by a signed link."""
        return self._system(CUSTOMER, "The customer")

    def printer(self) -> User:
        """The print shop or its carrier, by a signed link or a signed event."""
        return self._system(PRINTER, "The printer")

    def _system(self, email: str, name: str) -> User:
        return self.get_or_create(email=email, defaults={"name": name, "is_system": True, "is_active": False})[0]

    def holding(self, *roles: str) -> models.QuerySet[User]:
        """Everybody at work who holds one of these roles, by name."""
        return self.filter(is_active=True, pk__in=RoleGrant.objects.filter(role__in=roles).values("person")).order_by(
            "name", "pk"
        )

    def people(self) -> models.QuerySet[User]:
        return self.filter(is_system=False)

    def visible_to(self, user: User) -> models.QuerySet[User]:
        """Colleagues find each other; the system persons have no page."""
        return self.people()


class User(AbstractBaseUser, PermissionsMixin):
    """One person of the company, who signs in with an e-mail address; or one of the system persons."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    code = models.CharField(_("employee number"), max_length=40, blank=True)
    reports_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name=_("reports to")
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default="UTC")
    digest_hour = models.PositiveSmallIntegerField(_("hour of the daily digest"), default=8)
    by_link = models.BooleanField(_("answers by mailed links"), default=False)
    is_system = models.BooleanField(default=False, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may look at the admin site"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    search = models.CharField(max_length=400, editable=False, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = UserManager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="person_code_once"),
            models.CheckConstraint(condition=Q(digest_hour__lt=24), name="person_digest_hour_of_a_day"),
        )
        indexes = (models.Index(fields=["name", "id"], name="person_by_name"),)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = folded(self.name, self.title, self.email)
        if (kept := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*kept, "search"}
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def initials(self) -> str:
        words = [word for word in self.name.split() if word[:1].isalpha()]
        return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper() or "?"

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles held now; read once for each request."""
        return frozenset(self.grants.values_list("role", flat=True)) if self.pk else frozenset()

    def has(self, *roles: str) -> bool:
        return self.is_active and not self.roles.isdisjoint(roles)

    @property
    def role_names(self) -> str:
        return ", ".join(str(role.label) for role in Role if role in self.roles)

    @cached_property
    def stands_in_for(self) -> frozenset[int]:
        """Those who are away today and named this person, or whose stand-in is away and named this person in turn."""
        return AbsenceQuerySet.covered(self.pk, self.away_today)

    @cached_property
    def away_today(self) -> dict[int, int]:
        """Everybody who is away today, with the stand-in each named."""
        return {absent: absence.stand_in_id for absent, absence in self.absences_today.items()}

    @cached_property
    def absences_today(self) -> dict[int, Absence]:
        """The absence of everybody who is away today, with both names; read once for each request."""
        found = {}
        for person, name, stand_in, acting, *values in asked(absences_on, localdate()):
            people = {
                "person": row_of(User, ("id", "name"), [person, name]),
                "stand_in": row_of(User, ("id", "name"), [stand_in, acting]),
            }
            found[person] = row_of(Absence, ABSENCE, [*values[:1], person, stand_in, *values[1:]], **people)
        return found

    @property
    def sight(self) -> tuple[int, frozenset[str], frozenset[int]]:
        """All that `visible_to` may look at."""
        return self.pk, self.roles, self.stands_in_for

    def acts_as(self, person_id: int | None) -> bool:
        """Whether this person may act for that one today: it is the same person, or one stood in for."""
        return person_id is not None and (person_id == self.pk or person_id in self.stands_in_for)


def reader(pk: int, roles: frozenset[str], stands_in_for: frozenset[int]) -> User:
    """Somebody of whom no more is known than what decides what they see: for queries that are kept for all who are alike."""
    found = User(pk=pk)
    vars(found).update(roles=roles, stands_in_for=stands_in_for)
    return found


class RoleGrant(models.Model):
    """One person holds one role."""

    person = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=12, choices=Role.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "role"], name="role_once_a_person"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_known"),
        )
        indexes = (models.Index(fields=["role", "person"], name="role_holders"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> AbsenceQuerySet:
        return self.filter(from_on__lte=day, to_on__gte=day)

    def away(self, day: date) -> dict[int, int]:
        """Who is away on that day, with the stand-in each named."""
        return dict(self.on(day).values_list("person_id", "stand_in_id"))

    def covered_by(self, person_id: int | None, day: date) -> frozenset[int]:
        """Whom this person stands in for on that day, through a chain of at most four absences (M8)."""
        return self.covered(person_id, self.away(day))

    @classmethod
    def covered(cls, person_id: int | None, away: dict[int, int]) -> frozenset[int]:
        return frozenset(absent for absent in away if cls.who_acts(absent, away) == person_id)

    @staticmethod
    def who_acts(absent: int, away: dict[int, int], bound: int = 4) -> int | None:
        """The one at the end of the chain; None where it turns in a circle or is longer than its bound."""
        seen, person = {absent}, away.get(absent)
        while person in away:
            if person in seen or len(seen) >= bound:
                return None
            seen.add(person)
            person = away[person]
        return None if person in seen else person

    def stand_ins(self, person_ids: Iterable[int], day: date) -> dict[int, int]:
        """For each of these who is away on that day, the person who acts."""
        away = self.away(day)
        found = {absent: self.who_acts(absent, away) for absent in person_ids if absent in away}
        return {absent: acting for absent, acting in found.items() if acting is not None}


class Absence(models.Model):
    """One person is away from one day to another (both included), and names who acts meanwhile."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stand_ins", verbose_name=_("stand-in")
    )
    from_on = models.DateField(_("away from"))
    to_on = models.DateField(_("up to and including"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ("from_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="absence_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(person=F("stand_in")), name="absence_names_another"),
        )
        indexes = (models.Index(fields=["to_on", "from_on"], name="absence_by_day"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.from_on} – {self.to_on}, {self.stand_in}"


ABSENCE = ("id", "person_id", "stand_in_id", "from_on", "to_on", "set_by_id")


def absences_on(day: date) -> models.QuerySet[Absence, tuple[Any, ...]]:
    """Of each absence on this day both names, and its own columns."""
    names = ("person_id", "person__name", "stand_in_id", "stand_in__name")
    return Absence.objects.on(day).values_list(*names, "id", "from_on", "to_on", "set_by_id")
