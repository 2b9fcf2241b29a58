"""Writing to customers what is expected of them and what they get; sending it by signed link (K-02, K-20, K-22, M16)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.links.models import Link
from acr_program.outbox.post import Recipient
from acr_program.outbox.render import absolute
from acr_program.people.models import User
from acr_program.workflow.book import click, clock, current
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform, perform_many

from ..choices import MembershipStatus
from ..choices_value import KnowingStatus, Occasion, Way
from ..models import Knowing, Membership, Proposition, Statement
from ..value_content import composed
from ..value_rules import account_side

PURPOSE = "expectations"
DAYS_OPEN = 400  # the customer may look again until the next yearly one is written, which closes it
TOLD_TO = (MembershipStatus.INCUBATING, MembershipStatus.KEY_ACCOUNT)  # whom something is expected of now


def write(membership: Membership, occasion: str, entry: LogEntry) -> Statement:
    """The statement that follows from a step of the membership; whichever it had before holds no more."""
    perform_many(Statement.objects.current().filter(membership=membership), "end", by=clock(), inside=entry)
    begin_knowing(membership)
    proposition = Proposition.objects.of(membership)
    said = {"content": composed(membership, occasion, proposition), "proposition": proposition}
    if occasion == Occasion.DOWN_TIERED:
        return begin(
            Statement(membership=membership, occasion=occasion, handover=membership.handover, **said), by=clock()
        )
    made = begin(Statement(membership=membership, occasion=occasion, **said), by=clock())
    return send_at_once(perform(made, "write", by=clock(), seen=None, inside=entry), entry)


def begin_knowing(membership: Membership) -> None:
    """What the customer knows is followed from the first statement on."""
    if not Knowing.objects.filter(membership=membership).exists():
        begin(Knowing(membership=membership), by=clock())


def send_at_once(statement: Statement, entry: LogEntry) -> Statement:
    """To the customer's main contact by mail, where one is on file with an address; else whoever has the account sends it."""
    contact = statement.membership.account.contacts.filter(is_main=True).exclude(email="").first()
    if contact is None:
        return statement
    return perform(statement, "send", by=clock(), seen=None, inside=entry, how=Way.MAIL, contact=contact)


def write_anew(membership: Membership, *, by: User) -> Statement:
    """The same with the facts, the proposition and the team of today; by whoever has the account."""
    if not account_side(by, membership):
        raise PermissionDenied(_("Statements are written by %(who)s.") % {"who": account_side.title})
    with click():
        membership = lock(membership)
        if membership.status not in TOLD_TO:
            raise Refused(_("Nothing is expected of this customer now: it neither incubates nor has the status."))
        before = Statement.objects.current().filter(membership=membership).first()
        if before:
            perform(before, "end", by=clock(), seen=before.version)
        begin_knowing(membership)
        proposition = Proposition.objects.of(membership)
        content = composed(membership, Occasion.ANEW, proposition)
        made = Statement(membership=membership, occasion=Occasion.ANEW, proposition=proposition, content=content)
        begin(made, by=by)
        return perform(made, "write", by=clock(), seen=made.version)


# What follows from a statement's own steps


def post_statement(statement: Statement, entry: LogEntry) -> None:
    """The mail with a link of its own each time: the token is kept nowhere."""
    sending = statement.sent_now
    if sending.how != Way.MAIL:
        return
    issued, token = Link.issue(PURPOSE, statement, days=DAYS_OPEN)
    current().post(
        statement, key=f"{PURPOSE}-{statement.pk}-{statement.version}",
        to=[Recipient(sending.to_name, sending.to_email)],
        template="farewell" if statement.is_farewell else "expectations",
        context={"said": statement.content, "sending": sending, "link": issued, "manager": manager_of(statement)},
        private={"url": absolute(reverse("keyaccounts:expected", args=[token]))},
    )  # fmt: skip


def manager_of(statement: Statement) -> User | None:
    """Whom the customer knows; named in the mail."""
    manager: User | None = statement.membership.account.manager
    return manager


def now_told(statement: Statement, entry: LogEntry) -> None:
    """Whoever got it was told what the customer gets; who had confirmed the same version before stays confirmed (K-02)."""
    if statement.is_farewell:
        return
    sending, of = statement.sent_now, statement.proposition
    rows = Knowing.objects.filter(membership=statement.membership_id)
    said: dict[str, Any] = {"whom": sending.to_name, "how": sending.how, "on": sending.on, "proposition": of}
    perform_many(rows.exclude(status=KnowingStatus.CONFIRMED, proposition=of), "tell", by=clock(), inside=entry, **said)


def now_confirmed(statement: Statement, entry: LogEntry) -> None:
    """Who confirms the statement confirms what the customer gets with it: from told to confirmed (M16); other links close.

    What the customer was told by us since, in another version, is not confirmed by it (K-02).
    """
    Link.revoke(statement, PURPOSE)
    if statement.is_farewell:
        return
    said: dict[str, Any] = {
        "who": statement.confirmed_by, "how": statement.confirmed_how, "on": statement.confirmed_on,
    }  # fmt: skip
    rows = Knowing.objects.filter(membership=statement.membership_id, status=KnowingStatus.TOLD)
    perform_many(rows.filter(proposition=statement.proposition_id), "confirm", by=clock(), inside=entry, **said)


def close_links(statement: Statement, entry: LogEntry) -> None:
    Link.revoke(statement, PURPOSE)
