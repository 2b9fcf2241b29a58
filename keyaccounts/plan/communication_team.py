"""The team card: who is who on the account team, published to the team and, by a link, to the customer (N7.4, N7.5)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.links.models import Link
from acr_program.outbox.post import Recipient
from acr_program.outbox.render import absolute
from acr_program.people.models import User
from acr_program.workflow.book import click, current
from acr_program.workflow.edit import note
from acr_program.workflow.errors import Refused

from ..models import AccountPlan, TeamCard
from ..plan_rules import account_side
from .communication_readers import living

PURPOSE = "account-team"
DAYS_OPEN = 400  # a year of working together, and some weeks
FOR_CUSTOMER = ("title", "person", "email", "phone", "does")
Entry = dict[str, Any]


def entries_of(plan: AccountPlan) -> list[Entry]:
    """The roles as they are now, those that nobody holds as well; one query."""
    rows = plan.teamrole_rows.select_related("person").order_by("pk")
    return [
        {
            "title": one.title, "person": one.person.name if one.person else "", "key": one.person_id,
            "email": one.person.email if one.person else "", "phone": one.phone, "does": one.does, "shown": one.shown,
        }
        for one in rows
    ]  # fmt: skip


def card_of(plan: AccountPlan) -> TeamCard | None:
    """The card that holds."""
    found: TeamCard | None = plan.team_cards.select_related("made_by").order_by("-number").first()
    return found


def for_customer(entries: list[Entry]) -> list[Entry]:
    """What the customer reads of a card: roles that are meant for it and that somebody holds who is still with us."""
    shown = [one for one in entries if one["shown"] and one["person"]]
    here = set(User.objects.filter(pk__in=[one["key"] for one in shown], is_active=True).values_list("pk", flat=True))
    return [{name: one[name] for name in FOR_CUSTOMER} for one in shown if one["key"] in here]


def check_publishes(by: User, plan: AccountPlan) -> None:
    if not account_side(by, plan):
        raise PermissionDenied(
            _("The team card, and the way to it, is given out by %(who)s.") % {"who": account_side.title}
        )


def publish(plan: AccountPlan, *, by: User, contact: Any = None, note_to: str = "") -> TeamCard:
    """The roles as they are now, for everybody on the team by mail; whoever is chosen at the customer gets a link to it.

    Where nothing has changed since the last card, that one is sent again. Raises Refused.
    """
    check_publishes(by, plan)
    with click():
        plan = living(plan)
        card, entries = card_of(plan), entries_of(plan)
        if not any(one["person"] for one in entries):
            raise Refused(_("Nobody holds a role on the team yet: name who holds which, then publish the card."))
        if card is None or card.content != entries:
            card = publish_anew(plan, card, entries, by)
        elif contact is None:
            raise Refused(_("The card says this already; choose somebody at the customer to send it to them."))
        if contact is not None:
            send(plan, card, contact, note_to, by)
    return card


def publish_anew(plan: AccountPlan, before: TeamCard | None, entries: list[Entry], by: User) -> TeamCard:
    number = before.number + 1 if before else 1
    card = TeamCard.objects.create(plan=plan, number=number, content=entries, made_by=by)
    note(plan, by=by, changed={"team_card": [before.number if before else None, number]})
    people = list(
        User.objects.filter(pk__in={one["key"] for one in entries if one["key"]}, is_active=True).order_by("pk")
    )
    context = {"plan": plan, "entries": entries, "url": absolute(reverse("keyaccounts:plan-team", args=[plan.pk]))}
    if people:
        current().post(plan, key=f"team-card-{plan.pk}-{number}", to=people, template="team_card", context=context)
    return card


def send(plan: AccountPlan, card: TeamCard, contact: Any, words: str, by: User) -> None:
    """A link of their own, which leads to the newest card until it is over."""
    if not contact.email:
        raise Refused(_("%(who)s has no mail address on file.") % {"who": contact.name})
    issued, token = Link.issue(PURPOSE, plan, days=DAYS_OPEN)
    note(plan, by=by, changed={"team_card_sent": [None, {"to": contact.name, "number": card.number}]})
    current().post(
        plan, key=f"{PURPOSE}-{plan.pk}-{issued.pk}", to=[Recipient(contact.name, contact.email)], template="account_team",
        context={"plan": plan, "note": words, "link": issued, "manager": plan.waiter},
        private={"url": absolute(reverse("keyaccounts:team-by-link", args=[token]))},
    )  # fmt: skip


def close_links(plan: AccountPlan, *, by: User) -> int:
    """Every link to the card is closed at once, those of the customer too; how many there were."""
    check_publishes(by, plan)
    with click():
        plan = living(plan)
        closed = Link.revoke(plan, PURPOSE)
        if not closed:
            raise Refused(_("No link to the team card is open."))
        note(plan, by=by, changed={"team_links": [closed, 0]})
    return closed
