"""My approvals, and the page on which a leader decides: what is asked, what differs, who else decides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, StringAgg, Subquery, Value
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.absent import without_absent
from acr_program.desk.beside.showing import Beside
from acr_program.people.acting import acting_for, for_whom
from acr_program.people.choices import Role
from acr_program.people.models import Absence, User
from acr_program.ui.parts import Waiting
from acr_program.ui.phrases import day
from acr_program.workflow.forms import StepForm
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import Offer, offers
from reviews import rules
from reviews.choices import ApprovalStatus as S
from reviews.choices import ContributionStatus as Left
from reviews.choices import DocumentStatus
from reviews.models import Approval, Document, InformationRequest, Seen
from reviews.models.approval import ApprovalQuerySet

from .comparing import Comparing
from .contribution_page import SHOWN, duties_of, waiting
from .delivery_page import SCREEN
from .goes_out import goes_out
from .one import HeldPage
from .rounds import Round, rounds_of
from .sheet_tables import late_without_reason


def asked_of(user: User) -> ApprovalQuerySet:
    """What this person is or was asked to approve, as themselves or as somebody's stand-in."""
    rows = Approval.objects.filter(approver__in=[user.pk, *user.stands_in_for])
    found: ApprovalQuerySet = without_absent(rows, user, "request__account")
    return found.for_list()


def for_many(rows: ApprovalQuerySet) -> QuerySet[Any]:
    """Each knows `first`, the leader who decides before and has not yet, and `more`, the one who is asked next."""
    same = Approval.objects.filter(document=OuterRef("document"))
    others = same.order_by("place").values("approver__name")
    given = same.filter(status=S.APPROVED).order_by().values("document")
    names = given.annotate(names=StringAgg("approver__name", Value(", "))).values("names")
    undecided = others.filter(place__lt=OuterRef("place")).exclude(status=S.APPROVED)[:1]
    after = others.filter(place__gt=OuterRef("place"))[:1]
    known = rows.for_list().select_related("document__manifest", "request__template", "request__recipient")
    return known.annotate(first=Subquery(undecided), more=Subquery(after), given=Subquery(names))


def pending(user: User) -> QuerySet[Any]:
    """What is not decided, soonest meeting first; without what is their own, or of somebody they stand in for as well (M8)."""
    rows = for_many(asked_of(user).filter(status=S.PENDING)).exclude(request__rep=user.pk)
    rows = rows.exclude(~Q(approver=user.pk), request__rep__in=user.stands_in_for)
    return rows.order_by("request__meeting_on", "pk")


def turn_of(user: User) -> QuerySet[Any]:
    """What waits for this person now, with when they were shown it."""
    shown = Seen.objects.by(user).filter(approval=OuterRef("pk")).values("at")[:1]
    return pending(user).filter(first=None).annotate(shown_at=Subquery(shown))


def not_yet(approval: Any) -> Waiting:
    """One that another leader decides first."""
    title, note = said_of(approval)
    after = _("after %(name)s") % {"name": approval.first}
    return Waiting(title, approval.get_absolute_url(), after, note, act=_("Read it already"))


def my_approvals(user: User) -> dict[str, Any]:
    """First what waits for my word, as myself or as a stand-in; then what will."""
    duties = duties_of(user, Approval, "approve")
    open_now = {approval.pk: approval for approval in pending(user)[: 2 * SHOWN]}
    duties = [duty for duty in duties if duty.object_id in open_now]
    return {
        "waiting": waiting(user, duties, _("Read and decide"), lambda duty: said_of(open_now[duty.object_id])),
        "not_yet": [not_yet(approval) for approval in open_now.values() if approval.first],
    }


def who_has(rows: list[Approval]) -> str:
    """2 of 3 have approved: Lena Leader, Leo Leader; Eva Executive is awaited."""
    given = [row.approver.name for row in rows if row.status == S.APPROVED]
    awaited = [row.approver.name for row in rows if row.status == S.PENDING]
    if not awaited:
        return ""
    said = _("%(n)d of %(all)d have approved") % {"n": len(given), "all": len(rows)}
    return ": ".join([said, ", ".join(given)]) if given else said


def said_of(approval: Any) -> tuple[str, str]:
    """The review by its name, why it is wanted by then, and who has approved already and who is asked next."""
    review = approval.request
    words = {"rep": review.rep.name, "day": day(review.meeting_on), "n": approval.document.number}
    note = [_("version %(n)d · %(rep)s meets them on %(day)s") % words]
    note += [_("approved by %(names)s") % {"names": approval.given}] if approval.given else []
    note += [_("then %(name)s is asked") % {"name": approval.more}] if approval.more else []
    return str(review), " · ".join(map(str, note))


@dataclass(frozen=True)
class Decider:
    """One of those who decide, in their order."""

    approval: Approval
    note: Any
    me: bool


@dataclass
class ApprovalPage(HeldPage[Approval]):
    """One approval as this reader sees it."""

    against: str = ""
    given: StepForm | None = None  # as it was sent, where it needs another look

    def __post_init__(self) -> None:
        self.of.document.request = self.of.request  # the same review, read once

    # Who decides

    @cached_property
    def offers(self) -> list[Offer]:
        ahead = [row for row in self.rows if row.place < self.of.place]
        vars(self.of)["first_undecided"] = next((row.approver for row in ahead if row.status != S.APPROVED), None)
        return offers(self.of, self.user)

    @property
    def decides(self) -> bool:
        """Whether the question is put to this reader now."""
        return any(offer.name == "approve" and not offer.unmet for offer in self.offers)

    @property
    def shut(self) -> list[str]:
        """Why the reader, who is asked, cannot decide now."""
        return next((offer.unmet for offer in self.offers if offer.name == "approve"), [])

    @cached_property
    def duty(self) -> Obligation | None:
        return super().duty if self.of.status == S.PENDING else None

    @cached_property
    def absence(self) -> Absence | None:
        """Why the reader decides in another's place."""
        if self.user.pk == self.of.approver_id or not rules.asked_approver(self.user, self.of):
            return None
        return Absence.objects.on(localdate()).filter(person=self.of.approver_id).first()

    @property
    def stand_in(self) -> str:
        """Who decides in place of the leader, for those who only read."""
        return away(self.user, self.of)

    @cached_property
    def rows(self) -> list[Approval]:
        """The approvals of the same version, in their order."""
        rows = list(self.of.document.approvals.select_related("approver__reports_to").order_by("place"))
        for row in rows:
            row.request, row.document = self.of.request, self.of.document
        return rows

    @property
    def deciders(self) -> list[Decider]:
        return [Decider(row, self.note_on(row), row.approver_id == self.user.pk) for row in self.rows]

    def note_on(self, row: Approval) -> Any:
        if row.pk == self.of.pk and self.absence:
            return _("you decide meanwhile")
        if row.status == S.PENDING and (note := away(self.user, row)):
            return note
        if row.place == 1:
            return _("decides first") if self.of.place > 1 or self.then else _("decides alone")
        return _("designated for the account; decides after the one above")

    @property
    def then(self) -> list[str]:
        return [row.approver.name for row in self.rows if row.place > self.of.place]

    @property
    def standing(self) -> str:
        """Who has approved, and who is awaited."""
        return who_has(self.rows)

    @property
    def chased(self) -> str:
        """What follows while nothing is decided: who is reminded, who is told, and that the decision stays whose it is."""
        if self.duty is None:
            return ""
        leader = next(row.approver for row in self.rows if row.pk == self.of.pk)
        above = (
            leader.reports_to.name if leader.reports_to and leader.reports_to.is_active else _("the program manager")
        )
        names = {"name": leader.name, "above": above}
        said = []
        if self.duty.remind_at:
            said.append(_("%(name)s is reminded on %(day)s.") % (names | {"day": day(localdate(self.duty.remind_at))}))
        if self.duty.escalate_at:
            words = _("If it is still open, %(above)s is told on %(day)s; the decision stays with %(name)s.")
            said.append(words % (names | {"day": day(localdate(self.duty.escalate_at))}))
        else:
            said.append(_("%(above)s was told that it is still open; the decision stays with %(name)s.") % names)
        return " ".join(said)

    @property
    def goes_out(self) -> str:
        """What follows at once, where the reader is the last to decide."""
        return "" if self.then else goes_out(self.of.request)

    @cached_property
    def decided(self) -> LogEntry | None:
        """The act itself, with both names where a stand-in took it."""
        if self.of.status == S.PENDING:
            return None
        return self.of.log().select_related("by", "on_behalf_of", "detail").last()

    @cached_property
    def beside(self) -> Beside:
        """What people said, attached, and who is on it."""
        return Beside(self.of.document, self.user)

    # What is decided on

    @property
    def digest(self) -> str:
        """The manifest of the files this page shows; it is what an approval signs."""
        manifest = self.of.document.manifest
        return manifest.digest if manifest else ""

    @property
    def short_digest(self) -> str:
        return f"{self.digest[:4]} {self.digest[4:8]}"

    @property
    def may_open(self) -> bool:
        """Whether the reader may open the file."""
        ready, sealed = DocumentStatus.READY, DocumentStatus.SEALED
        status = self.of.document.status
        return status == sealed or (status == ready and may_read_ready(self.user, self.of.document, [self.of]))

    @property
    def own_url(self) -> str:
        """Where the reader is."""
        return self.of.get_absolute_url()

    @property
    def file_url(self) -> str:
        """Where the reader gets the file."""
        return reverse("reviews:download", args=[self.of.document_id, SCREEN])

    @property
    def request_url(self) -> str:
        return self.of.request.get_absolute_url()

    @cached_property
    def rounds(self) -> list[Round]:
        """What was asked to be changed in earlier versions, and what was answered; none on the first."""
        titles = {one.pk: one.section.title for one in self.sections}
        return rounds_of(self.of.request, titles) if self.of.document.number > 1 else []

    @cached_property
    def sections(self) -> list[InformationRequest]:
        """What contributors were asked for, in the order of the document."""
        asked = self.of.request.contributions.select_related("section").order_by("section__place", "pk")
        return list(asked.only("status", "section__title"))

    @cached_property
    def text(self) -> Comparing:
        """What the version says, and how it differs from what the reader knows."""
        return Comparing(self.of.document, self.user, self.against, self.own_url)

    @cached_property
    def lacks(self) -> list[str]:
        """What these pages go without, each in a sentence: sections that are left out, late orders without their reason."""
        titles = [f"“{one.section.title}”" for one in self.sections if one.status in (Left.WAIVED, Left.WITHDRAWN)]
        late = late_without_reason(self.text.as_of)
        said = []
        if titles:
            words = ngettext(
                "One section is left out: %(names)s.", "%(n)d sections are left out: %(names)s.", len(titles)
            )
            said.append(words % {"n": len(titles), "names": ", ".join(titles)})
        if late:
            words = ngettext(
                "%(n)d late order stands without a reason.", "%(n)d late orders stand without a reason.", late
            )
            said.append(words % {"n": late})
        return said

    @property
    def keeps_shown(self) -> bool:
        """Whether it is to be kept now that this reader is shown the version."""
        pending = self.of.status == S.PENDING and self.of.document.status == DocumentStatus.READY
        kept = self.text.shown_at or self.text.trouble
        return pending and not kept and rules.asked_approver(self.user, self.of)


def deciding_for(reader: User, approval: Approval) -> User | None:
    """Who may decide today in place of a leader who is away; nobody who acts for the representative as well (M8)."""
    acting, rep = acting_for(reader, approval.approver_id), approval.request.rep_id
    of_rep = acting_for(reader, rep)
    return acting if acting and acting.pk not in (rep, of_rep.pk if of_rep else None) else None


def away(reader: User, approval: Approval) -> str:
    """Who decides meanwhile, in place of a leader who is away."""
    if approval.approver_id not in reader.away_today:
        return ""
    until, acting = day(reader.absences_today[approval.approver_id].to_on), deciding_for(reader, approval)
    if acting is None:
        return _("away until %(day)s, and nobody who may decide stands in") % {"day": until}
    return _("away until %(day)s; %(name)s decides meanwhile") % {"day": until, "name": acting.name}


def in_hand_of(reader: User, approval: Approval) -> tuple[str, str]:
    """In whose hands a pending approval is, and what stands under the name."""
    acting = deciding_for(reader, approval)
    if acting is None:
        return approval.approver.name, away(reader, approval)
    return acting.name, for_whom(reader.absences_today[approval.approver_id])


def may_read_ready(user: User, document: Document, approvals: list[Approval]) -> bool:
    """A document that is not sealed is for the office and for those who are asked to approve it."""
    return user.has(Role.ADMIN, Role.MANAGER) or any(user.acts_as(approval.approver_id) for approval in approvals)
