"""The chapters of what followed the approval: how it went out, the meeting, and what was said of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.ui.phrases import long_day
from reviews.choices import DocumentStatus, MeetingStatus, Side
from reviews.choices_feedback import CustomerStatus, RepStatus
from reviews.models import Meeting, PrintOrder, ReviewRequest
from reviews.pages.facts import meeting_of

from .chapters import done, signed, steps
from .parts import Chapter, Reader, Words, dated
from .trail import stamp

SENT = (("send_to_print", gettext_lazy("Sent to print")), ("ship", gettext_lazy("Shipped")),
        ("deliver_digital", gettext_lazy("Link sent")), ("confirm_delivery", gettext_lazy("Delivery confirmed")))  # fmt: skip


def delivery(review: ReviewRequest, reader: Reader) -> Chapter:
    """How it reached the customer, by whom and when; of printed copies each order, of a link who said that it arrived."""
    facts = [(str(label), signed(entry)) for step, label in SENT for entry in steps(review, step)]
    facts += [(_("Shipped with"), told)] if (told := dated(review.carrier, review.tracking)) else []
    for one in review.documents.filter(received_at__isnull=False).order_by("number"):
        facts.append((_("Received"), dated(one.received_by, stamp(one.received_at))))
    orders = list(review.print_orders.select_related("document", "file").order_by("pk"))
    heads = [
        _("Order"),
        _("What"),
        _("Needed by"),
        _("State"),
        _("Handed over"),
        _("Shipped"),
        _("Delivered"),
        _("SHA-256 of its file"),
    ]
    texts = [words for order in orders for words in words_of(order)]
    none = _("It was not delivered.")
    return Chapter(_("Delivery"), none, facts=facts, heads=heads, rows=[row_of(order) for order in orders], texts=texts)


def row_of(order: PrintOrder) -> list[Any]:
    copies = _("%(n)d copies of version %(version)d to %(where)s") % {
        "n": order.copies, "version": order.document.number, "where": order.ship_to,
    }  # fmt: skip
    what = dated(copies, order.get_paper_display(), order.get_binding_display())
    shipped = dated(done(order, "ship"), order.carrier, order.tracking)
    state = order.get_status_display()
    return [
        order.name, what, long_day(order.needed_by), state, done(order, "send"), shipped, done(order, "deliver"), order.sha256,
    ]  # fmt: skip


def words_of(order: PrintOrder) -> Iterator[Words]:
    """Why it was ordered once more, what was in the way, and what the printer said."""
    if order.reason:
        yield Words(order.name, _("why once more"), order.reason)
    for entry in steps(order, "fail", "change", "recall"):
        yield Words(order.name, signed(entry), entry.comment)
    said = [dated(stamp(event.at), event.kind, event.note) for event in order.events.order_by("pk")]
    if said:
        yield Words(order.name, _("as the printer and the carrier said it"), "\n".join(said))


def meeting(review: ReviewRequest, reader: Reader) -> Chapter:
    """Who was to come and who came, what lay on the table, what came of it, and what was written down there."""
    given_up = [
        (_("Cancelled"), done(one, "cancel"))
        for one in review.meetings.order_by("pk")
        if one.status == MeetingStatus.CANCELLED
    ]
    held = Meeting.objects.standing().filter(request=review.pk).select_related("shown").first()
    facts = [(label, value) for label, value in meeting_of(review) if value]
    facts += [(_("Recorded"), signed(entry)) for entry in steps(review, "hold_meeting")]
    facts += given_up
    if held is None:
        return Chapter(_("The meeting"), _("No meeting was held."), facts=facts)
    shown = _("version %(n)d, %(digest)s") % {"n": held.shown.number, "digest": digest_of(held)} if held.shown else ""
    facts += [
        (_("Place"), held.place),
        (_("Document shown"), shown),
        (_("Outcome"), held.outcome),
        (_("Agenda"), held.agenda),
    ]
    rows = [
        [one.name, str(Side(one.side).label), one.email, {True: _("came"), False: _("did not come")}.get(one.came, "")]
        for one in held.attendees.all()
    ]
    notes = held.notes.select_related("by", "follow_up")
    texts = [Words(_("Note"), dated(one.by.name, stamp(one.at), noted(one)), one.text) for one in notes]
    heads = [_("Name"), _("Side"), _("E-mail address"), _("Came")]
    return Chapter(_("The meeting"), _("No meeting was held."), facts=facts, heads=heads, rows=rows, texts=texts)


def digest_of(held: Any) -> str:
    kept = held.shown.status == DocumentStatus.SEALED and held.shown.manifest
    return str(kept.digest) if kept else ""


def noted(note: Any) -> str:
    return _("a follow-up since: %(what)s") % {"what": note.follow_up.what} if note.follow_up else ""


def feedback(review: ReviewRequest, reader: Reader) -> Chapter | None:
    """What the customer answered to the five questions, and what the representative said of the meeting."""
    customer, rep = getattr(review, "said_by_customer", None), getattr(review, "said_by_rep", None)
    if customer is None and rep is None:
        return None
    facts: list[tuple[str, Any]] = []
    texts = []
    if customer:
        meant = dated(customer.meant_for, customer.meant_email)
        facts += [
            (_("The customer"), customer.get_status_display()),
            (_("Asked"), dated(meant, stamp(customer.asked_at))),
            (_("Reminded"), stamp(customer.reminded_at)),
        ]
    if customer and customer.status in (CustomerStatus.ANSWERED, CustomerStatus.VOID):
        facts.append((_("Answered by"), dated(customer.said_by, stamp(customer.answered_at))))
        facts += [(str(label), _("%(n)d of 5") % {"n": mark}) for label, mark in customer.marks]
        texts += [Words(_("One thing to change"), customer.said_by, customer.change)] if customer.change else []
    if rep and rep.status == RepStatus.GIVEN:
        by = dated(rep.said_by.name if rep.said_by else "", stamp(rep.said_at))
        told = ((_("What worked"), rep.worked), (_("What did not"), rep.did_not))
        texts += [Words(title, by, text) for title, text in told if text]
        for one in rep.suggestions.select_related("section").order_by("pk"):
            title = _("Suggested: %(about)s") % {"about": one.about}
            texts.append(Words(title, one.get_status_display(), dated(one.words, one.answer)))
    return Chapter(_("Feedback"), _("Nobody has said anything yet."), facts=facts, texts=texts)
