"""Who may do what with a review, what its steps need, and who is told. Functions of the object; no models."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Value
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import Absence, AbsenceQuerySet, User
from acr_program.people.roles import role
from acr_program.workflow.book import current, once
from acr_program.workflow.steps import Need

from . import schedule
from .choices import Delivery, DeviationStatus, DocumentStatus
from .choices_feedback import RepStatus
from .gaps import gaps_of, gaps_said
from .prose import objections

OPEN_FOR_CONTENT = ("gathering", "compiling", "changes_requested")


@role(_("the sales representative of the account"))
def rep_of_account(user: User, request: Any) -> bool:
    return user.has(Role.REP) and user.acts_as(request.rep_id)


@role(_("the contributor asked"))
def asked_contributor(user: User, contribution: Any) -> bool:
    return user.acts_as(contribution.contributor_id)


@role(_("the leader asked, or the stand-in named for these days"))
def asked_approver(user: User, approval: Any) -> bool:
    """Nobody approves their own request, not through a stand-in either: whoever acts for both sides acts for neither (M8)."""
    if user.pk == approval.approver_id:
        return user.pk != approval.request.rep_id
    return user.acts_as(approval.approver_id) and not user.acts_as(approval.request.rep_id)


@role(_("the sales representative of the account"))
def rep_of_deviation(user: User, deviation: Any) -> bool:
    return rep_of_account(user, deviation.request)


@role(_("the sales representative of the account"))
def rep_of_order(user: User, order: Any) -> bool:
    return rep_of_account(user, order.request)


@role(_("the sales representative of the account"))
def rep_of_meeting(user: User, meeting: Any) -> bool:
    return rep_of_account(user, meeting.request)


@role(_("the sales representative of the account"))
def rep_of_review(user: User, feedback: Any) -> bool:
    return rep_of_account(user, feedback.request)


@role(_("whoever undertook it"))
def owner_of_it(user: User, follow_up: Any) -> bool:
    return user.acts_as(follow_up.owner_id)


@role(_("a leader above them, or above the sales representative"))
def leader_above_owner(user: User, follow_up: Any) -> bool:
    above = {follow_up.owner.reports_to_id, follow_up.request.rep.reports_to_id} - {None}
    return user.has(Role.LEADER) and any(user.acts_as(person) for person in above)


@role(_("the program office, or the sales representative of the account"))
def may_undertake(user: User, request: Any) -> bool:
    """Who notes what was agreed with the customer beyond the document."""
    return user.has(Role.ADMIN, Role.MANAGER) or rep_of_account(user, request)


# Needs of a request

live_account = Need(
    _("The account is not an active customer: win or reopen it first."),
    lambda r: r.account.status in ("active", "at_risk"),
)
program_open = Need(
    _("The program is still being designed: no review can be requested yet."), lambda r: r.program.status != "designing"
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
        or schedule.leaves_lead_time(r.meeting_on, r.delivery, localdate(), r.pace_ahead)
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
newer_published = Need(
    _("No newer version of the template is published for this audience."), lambda r: r.newer_template is not None
)
newer_contributors_named = Need(
    _("A section of the newer version has no contributor: name one for its function."),
    lambda r: not r.newer_without_contributor(),
)
all_settled = Need(_("Not every required section is accepted or waived."), lambda r: not gaps_of(r), names=gaps_said)
deviations_decided = Need(
    _("A deviation from the standard waits for the program manager."),
    lambda r: not r.deviations.waiting().exists(),
    names=lambda r: undecided_said(waiting_of(r)),
)
document_ready = Need(
    _("No document of this content is rendered yet."),
    lambda r: (latest := r.latest_document()) is not None and latest.status == DocumentStatus.READY,
)


def waiting_of(request: Any) -> Any:
    """The deviations that wait for the manager: as a page knows them, or as they are."""
    known = current().read.get(f"deviations that wait of {request.pk}")
    return request.deviations.waiting().select_related("section", "proposed_by") if known is None else known


def known_to_wait(request: Any, standing: list[Any]) -> None:
    """A page that has read the deviations that stand says which of them wait, for as long as it is drawn."""
    waiting = [deviation for deviation in standing if deviation.status == DeviationStatus.PROPOSED]
    once(f"deviations that wait of {request.pk}", lambda: waiting)


def undecided_said(waiting: Any) -> str:
    """Which deviations wait, and who proposed them; empty where none does."""
    words = gettext("“%(section)s”, proposed by %(name)s")
    named = "; ".join(words % {"section": one.section.title, "name": one.proposed_by.name} for one in waiting)
    said = gettext("A deviation from the standard waits for the program manager, or is withdrawn: %(named)s.")
    return said % {"named": named} if named else ""


def complete(request: Any) -> bool:
    """Whether everything is there that a document is compiled from."""
    return all_settled.holds(request) and deviations_decided.holds(request)


def approvers_of(request: Any) -> list[User]:
    """Who approves, in order: the rep's own leader, then those designated for the account; nobody their own (R-17).

    With no leader above the rep the program's owner approves; where that is the rep too, whoever the administrator
    designates.
    """
    rep, named = request.rep, request.approver_designated
    above = next(filter(partial(may_approve, rep), first_of(request)), None)
    designated = [row.user for row in request.account.designations.select_related("user")]
    found = [leader for leader in (above, *designated, named) if may_approve(rep, leader)]
    return list(dict.fromkeys(found))


def first_of(request: Any) -> Iterator[User | None]:
    """Whoever approves first: the leader above, without one the program's owner, then whoever was designated."""
    yield request.rep.reports_to
    yield request.program.owner
    yield request.approver_designated


def may_approve(rep: User, leader: User | None) -> bool:
    """Somebody who is there, and not the one whose review it is."""
    return leader is not None and leader.is_active and leader.pk != rep.pk


has_approvers = Need(
    _("Nobody is above the sales representative to approve: designate an approver, with the reason."),
    lambda r: bool(r.approvers()),
)
document_sealed = Need(
    _("There is no sealed document."),
    lambda r: (latest := r.latest_document()) is not None and latest.status == DocumentStatus.SEALED,
)
is_printed = Need(_("This review is delivered digitally."), lambda r: r.delivery == Delivery.PRINTED)
printable = Need(
    _("The sealed document has no edition for print: reopen it and render it again."),
    lambda r: (latest := r.latest_document()) is None or latest.print_file is not None,
)
is_digital = Need(_("This review is delivered in print."), lambda r: r.delivery == Delivery.DIGITAL)
rep_has_spoken = Need(
    _("The sales representative has not said how the meeting went."),
    lambda r: (said := getattr(r, "said_by_rep", None)) is not None and said.status == RepStatus.GIVEN,
)

# Needs of what is asked after the meeting

meeting_was_held = Need(_("The review is not between its meeting and its close."), lambda f: f.request.status == "met")
customer_reachable = Need(
    _("Nobody with an e-mail address is named at the customer: name a recipient on the account’s page first."),
    lambda f: bool(f.request.recipient_email),
)
not_reminded = Need(_("The customer was reminded already."), lambda f: f.reminded_at is None)

# Needs of what belongs to a request

answered = Need(_("There is no text yet."), lambda c: c.words > 0)
within_limit = Need(
    _("The text is longer than the section allows."),
    lambda c: not c.section.max_words or c.words <= c.section.max_words,
)
tokens_known = Need(
    _("The text names a token that is not on the list: send it back to be mended."), lambda c: not objections(c.text)
)
may_be_waived = Need(
    _("This section is required and locked: it cannot be waived."),
    lambda c: not (c.section.required and c.section.locked),
)
still_open_for_content = Need(
    _("The review is past the point where its content can change."),
    lambda c: c.request.status in OPEN_FOR_CONTENT,
)
section_unlocked = Need(
    _("This section is locked: the standard text stands in every document."), lambda d: not d.section.locked
)
nothing_printed_from_it = Need(
    _("The document with this text has gone to the leaders: it can be taken out when changes are asked for."),
    lambda d: d.status == DeviationStatus.PROPOSED or d.request.status in OPEN_FOR_CONTENT,
)
own_turn = Need(_("Another leader decides first."), lambda a: a.first_undecided is None)
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


def the_managers(_thing: Any) -> list[User]:
    return list(User.objects.holding(Role.MANAGER).annotate(told_as=Value(Role.MANAGER)))


def concerned_by(deviation: Any) -> list[User]:
    """Whoever proposed it, the sales representative, and the office that compiles."""
    people = [deviation.proposed_by, deviation.request.rep, *the_office(deviation.request)]
    return list({person.pk: person for person in people}.values())


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


def the_owner(follow_up: Any) -> list[User]:
    return [follow_up.owner]


def the_rep_of_it(follow_up: Any) -> list[User]:
    return [follow_up.request.rep]


def told_of_feedback(feedback: Any) -> list[User]:
    """The representative, and the office, which closes the review."""
    return [feedback.request.rep, *the_office(feedback.request)]


def who_suggested(suggestion: Any) -> list[User]:
    return [suggestion.suggested_by]


def who_nominated(star: Any) -> list[User]:
    return [star.nominated_by]


def star_and_nominator(star: Any) -> list[User]:
    return [star.person, star.nominated_by]


def the_office_of_document(document: Any) -> list[User]:
    return the_office(document.request)


request_compiling = Need(_("The review is not being compiled."), lambda d: d.request.status == "compiling")
