"""How somebody likes to look at a list."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.prepared import asked, row_of
from acr_program.people.roles import program_office

EVERYBODY = "all"
SHOWN = ("id", "person_id", "title", "query", "shared")
SHARED = [("", _("nobody: it is mine alone")), (EVERYBODY, _("everybody")), *Role.choices]


MOST = 40  # views above one list


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> SavedViewQuerySet:
        """My own, and what colleagues share with everybody or with a role of mine."""
        return self.seen_by(user.pk, user.roles).select_related("person")

    def seen_by(self, person: int, roles: Collection[str]) -> SavedViewQuerySet:
        return self.filter(Q(person=person) | Q(shared__in=[EVERYBODY, *roles]))

    def of_list(self, name: str, user: User) -> list[SavedView]:
        """The views of one list that this person sees, each knowing whether the list opens with it; one query."""
        return [view_of(*values) for values in asked(views_above, name, user.pk, user.roles)]


def views_above(name: str, person: int, roles: frozenset[str]) -> models.QuerySet[SavedView, tuple[Any, ...]]:
    mine = DefaultView.objects.filter(view=OuterRef("pk"), person=person)
    views = SavedView.objects.seen_by(person, roles).filter(list_name=name).annotate(chosen=Exists(mine))
    return views.order_by("title", "pk").values_list("chosen", "person__name", "person__is_active", *SHOWN)[:MOST]


def view_of(opens: bool, name: str, active: bool, *values: Any) -> SavedView:
    person = row_of(User, ("id", "name", "is_active"), [values[SHOWN.index("person_id")], name, active])
    view = row_of(SavedView, SHOWN, values, person=person)
    view.opens = opens
    return view


class SavedView(models.Model):
    """One way to look at a list, under a name: its filters and its order, as the address has them."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="views", verbose_name=_("kept by")
    )
    list_name = models.CharField(_("list"), max_length=40)
    title = models.CharField(_("name"), max_length=60)
    query = models.TextField(_("filters"), blank=True)
    shared = models.CharField(_("shared with"), max_length=12, choices=SHARED, blank=True)
    kept_at = models.DateTimeField(auto_now=True)

    objects = SavedViewQuerySet.as_manager()
    opens = False  # whether the list opens with it for whoever looks

    class Meta:
        verbose_name = _("saved view")
        constraints = (
            models.UniqueConstraint(fields=["person", "list_name", "title"], name="view_once_a_name"),
            models.CheckConstraint(condition=Q(shared__in=[key for key, _word in SHARED]), name="view_shared_known"),
        )
        indexes = (models.Index(fields=["list_name", "title", "id"], name="view_of_list"),)

    def __str__(self) -> str:
        return self.title

    def kept_by(self, user: User) -> bool:
        """Who may rename and drop it: its owner; for one who left, the program office."""
        return user.pk == self.person_id or (not self.person.is_active and program_office(user))


class DefaultView(models.Model):
    """With which view a list opens for one person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=40)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "list_name"], name="view_default_once_a_list"),)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.view_id}"
