"""Mentions: `@first.last` in a comment, and the people it may mean: only those who may see the record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, Value
from django.forms import ValidationError
from django.utils.translation import gettext as _

from acr_program.people.folding import folded
from acr_program.people.models import RoleGrant, User

HANDLE = re.compile(r"(?<![\w.@/+-])@(\w[\w.'’-]*)")
MOST = 10
LOOKED_AT, SUGGESTED = 30, 8


def written_in(text: str) -> list[str]:
    """The mentions of a text as they are written, each once; an e-mail address is none."""
    return list(dict.fromkeys(found.rstrip(".'’-") for found in HANDLE.findall(text)))


def handle_of(person: User) -> str:
    """How a person is mentioned: the name in small letters without accents, its words joined by dots."""
    return ".".join(re.findall(r"[\w'’-]+", folded(person.name)))


def people_named(obj: Any, text: str) -> dict[str, User]:
    """Who is mentioned in a text about this record, by what is written; ValidationError with a sentence otherwise."""
    wanted = written_in(text)
    if len(wanted) > MOST:
        raise ValidationError(_("At most ten people can be mentioned at once. Write to them in two comments."))
    candidates = matching(wanted)
    found = {handle: one_called(handle, candidates) for handle in wanted}
    seeing = who_may_see(obj, found.values())
    for person in found.values():
        if person.pk not in seeing:
            words = _("%(name)s cannot see this page, so they cannot be mentioned here.")
            raise ValidationError(words % {"name": person.name})
    return found


def matching(handles: Iterable[str]) -> list[User]:
    """Everybody who may be meant by these: one query."""
    wanted = Q(pk__in=[])
    for handle in handles:
        every = Q()
        for word in re.split(r"[._]", folded(handle)):
            every &= Q(search__contains=word)
        wanted |= every
    return list(User.objects.people().filter(wanted).order_by("-is_active", "pk")[:500]) if handles else []


def one_called(handle: str, candidates: list[User]) -> User:
    """The one person of this handle or address; more than one is asked for by address."""
    typed = folded(handle)
    by_address = [person for person in candidates if typed == folded(person.email.partition("@")[0])]
    by_name = [person for person in candidates if typed == handle_of(person)]
    present = [person for person in by_name if person.is_active] or by_name
    if not present and len(by_address) != 1:
        words = _("Nobody is called “@%(handle)s”. Write @first.last as in the list of people, or leave out the @.")
        raise ValidationError(words % {"handle": handle})
    if len(present) > 1:
        others = [person for person in by_address if person in present]
        if len(others) != 1:
            words = _(
                "Several people are called “@%(handle)s”. Write what stands before the @ of their address instead."
            )
            raise ValidationError(words % {"handle": handle})
        return others[0]
    return (present or by_address)[0]


def who_may_see(obj: Any, people: Iterable[User]) -> set[int]:
    """Which of these may open the record's page: the rule of the page itself, asked for all of them in one query."""
    asked = [person for person in people if person.is_active and not person.is_system]
    if not asked:
        return set()
    held: dict[int, set[str]] = {}
    for pk, role in RoleGrant.objects.filter(person__in=asked).values_list("person_id", "role"):
        held.setdefault(pk, set()).add(role)
    away = asked[0].away_today
    rows = type(obj)._default_manager
    seen = []
    for person in asked:
        vars(person).update(roles=frozenset(held.get(person.pk, ())), away_today=away)
        own = rows.visible_to(person).filter(pk=obj.pk).order_by()
        seen.append(own.annotate(reader=Value(person.pk)).values_list("reader", flat=True))
    first, *others = seen
    return set(first.union(*others, all=True).order_by() if others else first)


def suggestions(obj: Any, user: User, typed: str) -> list[tuple[str, User]]:
    """Whom this person may mention here, by the beginning of a name: handle and person, four queries."""
    rows = User.objects.people().filter(is_active=True).exclude(pk=user.pk)
    for word in folded(typed.replace(".", " ")).split()[:5]:
        rows = rows.filter(search__contains=word)
    candidates = list(rows.order_by("name", "pk")[:LOOKED_AT])
    seeing = who_may_see(obj, candidates)
    return [(handle_of(person), person) for person in candidates if person.pk in seeing][:SUGGESTED]
