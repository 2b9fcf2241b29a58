"""What the page of one account shows: reads that span models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from acr_program.charter.shell import frame
from acr_program.people.models import User
from acr_program.people.roles import program_office
from acr_program.ui.charts import Bar, Bars
from acr_program.ui.parts import Happening
from acr_program.ui.phrases import day, number
from acr_program.workflow.docs import machines
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import Offer, next_step, offers
from acr_program.workflow.registry import panels
from acr_program.workflow.words import deed_of

from .models import Account, Contact, Performance

QUARTERS = 8
MILLION = 1_000_000
SHOWN = 30


@dataclass(frozen=True)
class Figures:
    """The last quarters as pictures, with where they come from."""

    net: Bars
    on_time: Bars
    source: str


@dataclass(frozen=True)
class AccountPage:
    """One account, as this reader may see it."""

    offers: list[Offer]
    next: str
    contacts: list[Contact]
    designated: list[User]
    figures: Figures | None
    due: list[tuple[Obligation, str]]  # with whom it is, as said to the reader
    timeline: list[Happening]
    panels: list[Any]
    may_edit: bool
    may_edit_contacts: bool


def page(account: Account, reader: User) -> AccountPage:
    """Five queries, and those of the panels."""
    office = program_office(reader)
    return AccountPage(
        offers=offers(account, reader),
        next=next_step(account),
        contacts=list(account.contacts.all()[:50]),
        designated=list(account.designated_leaders.all()),
        figures=figures(list(account.performance.order_by("-quarter_begins_on")[:QUARTERS])[::-1]),
        due=[(o, o.with_whom(reader)) for o in Obligation.objects.of(account).open().select_related("person")],
        timeline=timeline(account, reader),
        panels=panels(account, reader),
        may_edit=office,
        may_edit_contacts=office or reader.acts_as(account.manager_id),
    )


def figures(quarters: list[Performance]) -> Figures | None:
    """Net value and punctuality by quarter, each with the sentence that says the finding."""
    if not quarters:
        return None
    last, first, currency = quarters[-1], quarters[0], frame().currency
    words = {"last": last.label, "net": number(last.net, 0), "currency": currency, "n": len(quarters)}
    large = max(q.net for q in quarters) >= MILLION
    value_name = _("Net value, thousand %(currency)s") if large else _("Net value, %(currency)s")
    return Figures(
        net=Bars(
            sentence=_("Net value by quarter, %(n)d quarters: %(net)s %(currency)s in %(last)s.") % words,
            bars=[Bar(q.label, float(q.net) / (1000 if large else 1)) for q in quarters], places=0, head=_("Quarter"),
            value_name=value_name % {"currency": currency},
        ),
        on_time=Bars(
            sentence=_("Orders shipped on time, from %(first)s to %(last)s.") % {"first": first.label, "last": last.label},
            bars=[Bar(q.label, share(q)) for q in quarters], unit="%", places=0, head=_("Quarter"),
            value_name=_("Shipped on time"),
        ),
        source=_("From %(source)s, as of %(day)s.") % {"source": last.source, "day": day(last.as_of)},
    )  # fmt: skip


def share(quarter: Performance) -> float | None:
    """Shipped on time in percent; None where nothing was shipped."""
    return 100 * quarter.on_time / quarter.shipped if quarter.shipped else None


def timeline(account: Account, reader: User) -> list[Happening]:
    """What happened to this account over all apps, newest first, of what the reader may see: one query."""
    entries = LogEntry.objects.filter(account_id=account.pk).filter(within_sight(reader)).for_timeline()[:SHOWN]
    own = ContentType.objects.get_for_model(Account).pk
    return [
        Happening(entry.by_name, sentence(entry, own), entry.at, entry.tone, entry.kind, entry.comment)
        for entry in entries
    ]


def sentence(entry: LogEntry, own: int) -> str:
    """What was done; to what, where it was not the account itself."""
    if entry.content_type_id == own or deed_of(entry.content_type, entry.step):
        return entry.sentence
    return _("%(what)s (%(kind)s)") % {"what": entry.sentence, "kind": entry.content_type.name}


def within_sight(reader: User) -> Q:
    """Log rows of things that the reader may see; a machine without `visible_to` shows nothing here (P17)."""
    seen = Q(pk__in=[])
    for model in machines():
        rows = model._default_manager.all()
        if hasattr(rows, "visible_to") and model.account_id is not None:
            kind = ContentType.objects.get_for_model(model)
            seen |= Q(content_type=kind, object_id__in=rows.visible_to(reader).order_by().values("pk"))
    return seen


def of_person(person: User, reader: User) -> Any:
    """The accounts somebody manages, for the page of that person."""
    found = list(Account.objects.visible_to(reader).filter(manager=person).order_by("name", "pk")[:13])
    if not found:
        return None
    return render_to_string(
        "accounts/of_person.html", {"accounts": found[:12], "more": len(found) > 12, "person": person}
    )
