"""Who may take an evidence pack or a log, and how it is asked of a worker and noted, as exports are."""

from __future__ import annotations

from typing import IO, Any

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import Account
from acr_program.charter.models import ProgramYear
from acr_program.exports.actions import ask
from acr_program.exports.making import writer
from acr_program.exports.models import Export, Format
from acr_program.jobs.errors import PermanentError
from acr_program.people.models import User
from acr_program.people.roles import overseers
from reviews.models import ReviewRequest

from . import pack, trail
from .parts import Reader

PACK, TRAIL = "evidence", "audit-trail"
TRAILS = (Format.LINES, Format.CSV)


def may_take(user: User, account: Account) -> bool:
    """The office and the auditor; the sales representative of the account as it is now, and the leader above them.

    Executives and those who were asked to approve read the review itself: a pack is a copy that leaves the house.
    """
    if overseers(user) or user.acts_as(account.manager_id):
        return True
    return account.manager is not None and user.acts_as(account.manager.reports_to_id)


def ask_pack(account: Account, year: ProgramYear, person: User) -> Export:
    query, title = urlencode({"account": account.pk, "year": year.pk}), _("Evidence %(account)s %(year)s")
    return ask({
        "person": person, "list_name": PACK, "title": (title % {"account": account.name, "year": year.label})[:120],
        "query": query, "kind": Format.ZIP,
    })  # fmt: skip


def ask_trail(account: Account, review: ReviewRequest | None, kind: str, person: User) -> Export:
    """The log of one review, or of all that was ever the account's."""
    of = f"R{review.pk}" if review else account.name
    query = urlencode({"account": account.pk, **({"review": review.pk} if review else {})})
    title = (_("Log of %(of)s") % {"of": of})[:120]
    return ask({"person": person, "list_name": TRAIL, "title": title, "query": query, "kind": kind})


def write_pack(export: Any, file: IO[bytes]) -> int:
    asked = QueryDict(export.query)
    account = account_for(export.person, asked)
    year = ProgramYear.objects.get(pk=asked["year"])
    return pack.write(account, year, Reader.of(export.person), file, export.tell)


def write_trail(export: Any, file: IO[bytes]) -> int:
    asked = QueryDict(export.query)
    account = account_for(export.person, asked)
    reviews = ReviewRequest.objects.filter(account=account, pk=asked.get("review") or 0)
    if not overseers(export.person):
        raise PermanentError(_("The log is for %(who)s.") % {"who": overseers.title})
    entries = trail.of_reviews(reviews) if "review" in asked else trail.of_account(account)
    if export.kind == Format.LINES:
        return trail.write(trail.lines(entries, Reader.of(export.person)), file)
    return trail.write(trail.as_csv(entries, Reader.of(export.person)), file) - 1  # without its heads


def account_for(person: User, asked: QueryDict) -> Account:
    """Looked at again: hours may lie between the click and the worker."""
    rows = Account.objects.visible_to(person).select_related("manager")
    account = rows.filter(pk=asked.get("account") or 0).first()
    if account is None or not may_take(person, account):
        raise PermanentError(_("This account is not yours any more, so nothing was written."))
    return account


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    from . import chapters, out, sealed
    from .parts import evidence

    told = (
        ("request", chapters.request), ("timeline", chapters.timeline), ("sections", chapters.sections),
        ("deviations", chapters.deviations), ("documents", sealed.documents), ("approvals", chapters.approvals),
        ("delivery", out.delivery), ("meeting", out.meeting), ("feedback", out.feedback), ("follow-ups", chapters.follow_ups),
        ("talk", chapters.talk),
    )  # fmt: skip
    for place, (key, draw) in enumerate(told, start=1):
        evidence(key, draw, order=10 * place)
    writer(PACK, write_pack)
    writer(TRAIL, write_trail)
