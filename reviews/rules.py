"""Who may do what with a review, what its steps need, and who is told. Functions of the object; no models."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, Value
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import Absence, AbsenceQuerySet, User
from acr_program.people.roles import role
from acr_program.workflow.book import once
from acr_program.workflow.steps import Need

from . import schedule
from .choices import ContributionStatus, Delivery, DocumentStatus

SETTLED = (ContributionStatus.ACCEPTED, ContributionStatus.WAIVED)
OPEN_FOR_CONTENT = ("gathering", "compiling", "changes_requested")
UNSETTLED = (ContributionStatus.SUBMITTED, ContributionStatus.RETURNED)  # somebody's move, required or not


@role(_("the sales representative of the account"))
def rep_of_account(user: User, request: Any) -> bool:
    return user.has(Role.REP) and user.acts_as(request.rep_id)


@role(_("the contributor asked"))
def asked_contributor(user: User, contribution: Any) -> bool:
    return user.acts_as(contribution.contributor_id)


@role(_("the leader asked, or the stand-in named for these days"))
def asked_approver(user: User, approval: Any) -> bool:
    """Nobody approves their own request, not even as somebody's stand-in (M8)."""
    return user.acts_as(approval.approver_id) and user.pk != approval.request.rep_id


# Needs of a request

live_account = Need(
    _("The account is not an active customer: win or reopen it first."),
    lambda r: r.account.status in ("active", "at_risk"),
)
program_open = Need(
    _("The program is still being designed: no review can be requested yet."), lambda r: r.program.status != "designing"
)
pilots_only = Need(
    _("The program is being piloted: only the accounts of the pilot may have a review."),
    lambda r: r.program.status != "piloting" or r.is_pilot,
)
year_running = Need(_("This program year is not running."), lambda r: r.year.status == "running")
one_at_a_time = Need(
    _("Another review of this account, year and audience is under way."), lambda r: not r.others_under_way().exists()
)
meeting_set = Need(_("Say when the meeting is to be."), lambda r: r.meeting_on is not None)
lead_time = Need(
    _("The meeting is too soon for every stage: choose a later day, or say why it must be that day."),
    lambda r: (
        r.meeting_on is None
        or bool(r.short_notice_reason)
        or schedule.leaves_lead_time(r.meeting_on, r.delivery, localdate())
    ),
)
meeting_ahead = Need(_("The meeting's day has passed."), lambda r: r.meeting_on is None or r.meeting_on >= localdate())
reachable = Need(
    _("Say where it is to be delivered: the recipient's e-mail address, or copies and an address for print."),
    lambda r: bool(r.recipient_email) if r.delivery == Delivery.DIGITAL else bool(r.copies and r.ship_to),
)
template_published = Need(
    _("No standard template is published for this audience: the program manager has to publish one."),
    lambda r: r.published_template is not None,
)
contributors_named = Need(
    _("A section of the standard template has no contributor: name one for its function."),
    lambda r: not r.sections_without_contributor(),
)
all_settled = Need(
    _("Not every required section is accepted or waived."),
    lambda r: (
        not r.contributions.filter(
            Q(status__in=UNSETTLED) | Q(section__required=True) & ~Q(status__in=SETTLED)
        ).exists()
    ),
)
document_ready = Need(
    _("No document of this content is rendered yet."),
    lambda r: (latest := r.latest_document()) is not None and latest.status == DocumentStatus.READY,
)


def approvers_of(request: Any) -> list[User]:
    """Who approves, in order: the rep's own leader, then those designated for the account; nobody their own (R-17).

    With no leader above the rep the program's owner approves; where that is the rep too, whoever the administrator
    designates.
    """
    rep = request.rep
    first = rep.reports_to or request.program.owner
    if first is None or first.pk == rep.pk or not first.is_active:
        first = request.approver_designated
    found = [first] if first else []
    for leader in [
        *request.account.designated_leaders.filter(is_active=True).order_by("name"),
        request.approver_designated,
    ]:
        if leader and leader.pk != rep.pk and leader not in found:
            found.append(leader)
    return [leader for leader in found if leader.pk != rep.pk]


has_approvers = Need(
    _("Nobody is above the sales representative to approve: designate an approver, with the reason."),
    lambda r: bool(r.approvers()),
)
document_sealed = Need(
    _("There is no sealed document."),
    lambda r: (latest := r.latest_document()) is not None and latest.status == DocumentStatus.SEALED,
)
is_printed = Need(_("This review is delivered digitally."), lambda r: r.delivery == Delivery.PRINTED)
is_digital = Need(_("This review is delivered in print."), lambda r: r.delivery == Delivery.DIGITAL)
rep_has_spoken = Need(
    _("The sales representative has not said how the meeting went."), lambda r: bool(r.rep_feedback.strip())
)

# Needs of what belongs to a request

answered = Need(_("There is no text yet."), lambda c: bool(c.text.strip()))
within_limit = Need(
    _("The text is longer than the section allows."),
    lambda c: not c.section.max_words or c.words <= c.section.max_words,
)
may_be_waived = Need(
    _("This section is required and locked: it cannot be waived."),
    lambda c: not (c.section.required and c.section.locked),
)
still_open_for_content = Need(
    _("The review is past the point where its content can change."),
    lambda c: c.request.status in OPEN_FOR_CONTENT,
)
own_turn = Need(_("Another leader decides first."), lambda a: not a.earlier().exclude(status="approved").exists())
not_gone_out = Need(
    _("The document has gone out: ask the program manager what can still be done."),
    lambda a: a.request.status in ("in_approval", "approved", "printing"),
)
manifest_ready = Need(
    _("The document is not the one that was shown."), lambda a: a.document.status == DocumentStatus.READY
)


# Audiences


def the_rep(request: Any) -> list[User]:
    return [request.rep]


def the_office(request: Any) -> list[User]:
    """The administrators, who know from `told_as` that what waits for their role waits for them."""
    office = User.objects.holding(Role.ADMIN).annotate(told_as=Value(Role.ADMIN))
    return once("the office", lambda: list(office))


def the_contributor(contribution: Any) -> list[User]:
    return [contribution.contributor]


def contributing(contribution: Any) -> list[User]:
    """The contributor, and whoever acts for them today, who reads for whom (M8)."""
    request, asked = contribution.request, contribution.contributor
    if "_away" not in vars(request):  # asked once for all sections that go out together
        vars(request)["_away"] = Absence.objects.away(localdate())
    acting = AbsenceQuerySet.who_acts(asked.pk, vars(request)["_away"])
    stand_ins = list(User.objects.filter(pk=acting, is_active=True)) if acting else []
    for person in stand_ins:
        vars(person)["told_for"] = asked
    return [asked, *stand_ins]


def the_approver(approval: Any) -> list[User]:
    return [approval.approver]


def the_office_of_document(document: Any) -> list[User]:
    return the_office(document.request)


request_compiling = Need(_("The review is not being compiled."), lambda d: d.request.status == "compiling")
