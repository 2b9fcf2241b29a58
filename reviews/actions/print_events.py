"""What printer and carrier say of an order: each word once, in the order of things, whatever comes twice or too soon (R-19)."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.workflow.book import click
from acr_program.workflow.locks import lock
from acr_program.workflow.perform import perform

from ..choices import PrintStatus as S
from ..models import PrintEvent, PrintOrder

STEPS = {"printed": "printed", "shipped": "ship", "delivered": "deliver", "problem": "fail"}
ALONG = [S.ORDERED, S.SENT, S.PRINTED, S.SHIPPED, S.DELIVERED]
REACHED = {"printed": S.PRINTED, "shipped": S.SHIPPED, "delivered": S.DELIVERED}


@dataclass(frozen=True)
class Answer:
    """What the sender is told: a status and a sentence."""

    status: HTTPStatus
    sentence: str


@dataclass(frozen=True)
class Word:
    """One event as its sender said it."""

    sender: str
    event_id: str
    kind: str
    order: str
    carrier: str = ""
    tracking: str = ""
    note: str = ""


def take(word: Word) -> Answer:
    """Take the word in: the id is kept with what it did, both or neither. Said again it changes nothing."""
    order = named(word)
    if order is None:
        return Answer(HTTPStatus.NOT_FOUND, _("No print order of this name is known here."))
    if word.kind not in STEPS:
        return Answer(HTTPStatus.NOT_FOUND, _("“%(kind)s” is no event that is known here.") % {"kind": word.kind[:40]})
    with transaction.atomic(), click():
        order = lock(order)
        event, is_new = kept(word, order)
        if not is_new:
            return Answer(HTTPStatus.OK, _("That was said already; nothing changes."))
        if order.find(STEPS[word.kind]) is None:
            return late_or_early(order, event)
        perform(order, STEPS[word.kind], by=User.objects.printer(), seen=order.version, **said(word))
        PrintEvent.objects.filter(pk=event.pk).update(changed=True)
    return Answer(HTTPStatus.OK, _("Taken: %(order)s.") % {"order": order.name})


def kept(word: Word, order: PrintOrder) -> tuple[PrintEvent, bool]:
    """The row of this word's id, and whether it is said for the first time."""
    given = {"order": order, "kind": word.kind, "note": word.note}
    return PrintEvent.objects.get_or_create(sender=word.sender, event_id=word.event_id, defaults=given)


def named(word: Word) -> Any:
    """The order by its name, or by the number under which its parcel travels."""
    number = word.order.removeprefix("P")
    if number.isascii() and number.isdecimal() and len(number) < 10:
        return PrintOrder.objects.filter(pk=int(number)).first()
    parcel = PrintOrder.objects.filter(tracking=word.tracking, carrier__iexact=word.carrier)
    return parcel.first() if word.tracking and parcel.count() == 1 else None


def late_or_early(order: PrintOrder, event: PrintEvent) -> Answer:
    """What has come about already is noted; what comes too soon is forgotten, so that it may be said again in its time."""
    reached = REACHED.get(event.kind)
    if reached and order.status in ALONG and ALONG.index(order.status) >= ALONG.index(reached):
        return Answer(HTTPStatus.OK, _("%(order)s is as far as that already; nothing changes.") % {"order": order.name})
    if reached and order.status in ALONG:
        event.delete()
        words = _("%(order)s is not as far as that: it is “%(state)s”. Say it again later.")
    else:
        words = _("%(order)s is “%(state)s”: that cannot be any more. Nothing changes.")
    return Answer(HTTPStatus.CONFLICT, words % {"order": order.name, "state": order.get_status_display()})


def said(word: Word) -> dict[str, Any]:
    """What the step takes of it."""
    if word.kind == "shipped":
        return {"carrier": word.carrier or _("not named"), "tracking": word.tracking or _("not named")}
    return {"comment": word.note or _("No reason was given.")} if word.kind == "problem" else {}
