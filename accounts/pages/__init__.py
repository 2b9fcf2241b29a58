"""What the page of one account shows: reads that span models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.desk.beside.showing import Beside
from acr_program.people.models import User
from acr_program.people.roles import administrators, program_office
from acr_program.ui.parts import Happening
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import Offer, next_step, offers
from acr_program.workflow.registry import panels

from ..marks import marked
from ..models import Account
from ..rules import keepers
from .pictures import SHOWN_QUARTERS, YEAR, Pictures, pictures
from .story import SHOWN, entries_of, happenings
from .told import Told, told_of

__all__ = ["AccountPage", "entries_of", "happenings", "of_person", "page"]


@dataclass(frozen=True)
class AccountPage:
    """One account, as this reader may see it."""

    offers: list[Offer]
    next: str
    told: Told
    pictures: Pictures | None
    due: list[tuple[Obligation, str]]  # with whom it is, as said to the reader
    timeline: list[Happening]
    more_happened: bool
    panels: list[Any]
    beside: Beside
    may_edit: bool
    may_edit_contacts: bool
    may_designate: bool
    may_tell: bool
    length: str


def page(account: Account, reader: User) -> AccountPage:
    """Four queries, those of the panels, and of what stands beside it."""
    office = program_office(reader)
    quarters = list(account.performance.order_by("-quarter_begins_on")[: SHOWN_QUARTERS + YEAR])[::-1]
    log = list(entries_of(account, reader)[: SHOWN + 1])
    return AccountPage(
        offers=offers(account, reader),
        next=next_step(account),
        told=told_of(account),
        pictures=pictures(quarters, localdate()),
        due=[(o, o.with_whom(reader)) for o in Obligation.objects.of(account).open().select_related("person")],
        timeline=happenings(log[:SHOWN]),
        more_happened=len(log) > SHOWN,
        panels=panels(account, reader),
        beside=Beside(account, reader),
        may_edit=office,
        may_edit_contacts=office or reader.acts_as(account.manager_id),
        may_designate=administrators(reader),
        may_tell=keepers(reader, account),
        length=length_of(account.customer_since, localdate()),
    )


def length_of(since: date | None, today: date) -> str:
    """How long it has been a customer, in whole years (N3.4)."""
    if since is None or since > today:
        return ""
    years = today.year - since.year - ((today.month, today.day) < (since.month, since.day))
    return ngettext("for %(n)d year", "for %(n)d years", years) % {"n": years} if years else _("for less than a year")


def of_person(person: User, reader: User) -> Any:
    """The accounts somebody manages, for the page of that person."""
    found = list(marked(Account.objects.visible_to(reader)).filter(manager=person).order_by("name", "pk")[:13])
    if not found:
        return None
    return render_to_string(
        "accounts/of_person.html", {"accounts": found[:12], "more": len(found) > 12, "person": person}
    )
