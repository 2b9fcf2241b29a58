"""What may be changed about a person: each change whole or not at all, and logged (P19, P35)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.outbox.post import post
from acr_program.outbox.render import absolute
from acr_program.people.choices import Role
from acr_program.people.models import RoleGrant, User
from acr_program.people.roles import program_managers, program_office
from acr_program.workflow.errors import Refused
from acr_program.workflow.registry import consequences

from . import chronicle

OWN = {"name", "time_zone"}  # what everybody may change about themselves
LONGEST_CHAIN = 20


def change(person: User, *, by: User, seen: int | None, roles: Iterable[str] | None = None, **fields: Any) -> User:
    """Change these fields and roles of one person; nothing is written where nothing differs.

    The office may change everything, everybody their own name and time zone. What apps above hang on “user.edit” follows.
    Raises PermissionDenied or Refused.
    """
    if not program_office(by) and not (by.pk == person.pk and roles is None and fields.keys() <= OWN):
        raise PermissionDenied(_("People are changed by %(who)s.") % {"who": program_office.title})
    with transaction.atomic():
        person = chronicle.locked(person, seen)
        differing = differences(person, fields)
        if roles is not None:
            differing |= exchange(person, by, frozenset(roles))
        guard(person, by, differing, fields)
        if not differing:
            return person
        for name, value in fields.items():
            setattr(person, name, value)
        entry = chronicle.changed(person, by=by, fields=differing)
        person.save()
        if "email" in differing:
            EmailAddress.objects.filter(user=person).update(email=person.email)
        for follow in consequences("user.edit"):
            follow(person, entry)
    return person


def differences(person: User, fields: dict[str, Any]) -> chronicle.Changed:
    """What stands and what is to stand, as the log keeps it."""
    found = {}
    for name, new in fields.items():
        if (old := getattr(person, name)) != new:
            found[name] = [str(value) if isinstance(value, User) else value for value in (old, new)]
    return found


def exchange(person: User, by: User, wanted: frozenset[str]) -> chronicle.Changed:
    """Give and take roles; the next request of that person meets them (P19)."""
    held = frozenset(person.grants.values_list("role", flat=True))
    if held == wanted:
        return {}
    if Role.MANAGER in held ^ wanted and not program_managers(by):
        raise Refused(_("Only the program manager gives or takes the role of program manager."))
    if Role.MANAGER in held - wanted:
        keep_a_manager(person)
    RoleGrant.objects.filter(person=person, role__in=held - wanted).delete()
    RoleGrant.objects.bulk_create([RoleGrant(person=person, role=role) for role in sorted(wanted - held)])
    return {"roles": [sorted(held), sorted(wanted)]}


def guard(person: User, by: User, differing: chronicle.Changed, fields: dict[str, Any]) -> None:
    """What would leave the program without a head, or somebody above themselves."""
    if "is_active" in differing and not fields["is_active"]:
        if person.pk == by.pk:
            raise Refused(_("You cannot switch off your own sign-in. Ask somebody else in the program office."))
        if person.grants.filter(role=Role.MANAGER).exists():
            if not program_managers(by):
                raise Refused(_("Only a program manager switches off a program manager."))
            keep_a_manager(person)
    if "reports_to" in differing and is_above(person, fields["reports_to"]):
        raise Refused(
            _("%(leader)s reports to %(person)s, so %(person)s cannot report to %(leader)s.")
            % {"leader": fields["reports_to"], "person": person}
        )


def keep_a_manager(leaving: User) -> None:
    grants = RoleGrant.objects.select_for_update(of=("self",)).filter(role=Role.MANAGER).order_by("pk")
    if not [
        grant for grant in grants.select_related("person") if grant.person_id != leaving.pk and grant.person.is_active
    ]:
        raise Refused(_("There must always be a program manager. Give the role to somebody else first."))


def is_above(person: User, leader: User | None) -> bool:
    """Whether this person stands somewhere above that leader, or is the leader."""
    for _step in range(LONGEST_CHAIN):
        if leader is None:
            return False
        if leader.pk == person.pk:
            return True
        leader = leader.reports_to
    return True


def invite(*, by: User, email: str, name: str, roles: Iterable[str] = (), **fields: Any) -> User:
    """Enter a new person, who chooses a password by the link in the mail that is sent with it.

    Whoever answers by mailed links needs none: their first mail is the first thing asked of them. What apps above hang
    on “user.create” follows in the same transaction.
    """
    if not program_office(by):
        raise PermissionDenied(_("People are entered by %(who)s.") % {"who": program_office.title})
    if Role.MANAGER in (wanted := frozenset(roles)) and not program_managers(by):
        raise Refused(_("Only the program manager gives or takes the role of program manager."))
    with transaction.atomic():
        person = User.objects.create_user(email, name, **fields)
        entry = chronicle.begin(person, by=by)
        if wanted:
            chronicle.changed(person, by=by, fields=exchange(person, by, wanted))
        person.save(update_fields=["version"])
        if not person.by_link:
            send_invitation(person, by)
        for follow in consequences("user.create"):
            follow(person, entry)
    return person


def invite_again(person: User, *, by: User) -> None:
    """The same mail with a fresh link, for somebody who has not come in yet."""
    if not program_office(by):
        raise PermissionDenied(_("People are entered by %(who)s.") % {"who": program_office.title})
    with transaction.atomic():
        person = chronicle.locked(person, None)
        if person.last_login or person.has_usable_password() or not person.is_active:
            raise Refused(_("%(name)s has a password: the sign-in page sends a link to change it.") % {"name": person})
        chronicle.changed(person, by=by, fields={"invited": [None, person.email]})
        person.save(update_fields=["version"])
        send_invitation(person, by)


def send_invitation(person: User, by: User) -> None:
    """The mail with the way in; the link is forgotten as soon as the mail is out."""
    token = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": token})
    post(
        person, key=f"invitation-{person.pk}-{person.version}", to=[person], template="invitation",
        context={"by_name": by.name}, private={"url": absolute(path)},
    )  # fmt: skip
