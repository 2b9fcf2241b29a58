"""My approvals, and the page on which a leader decides: what is asked, what differs, who else decides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.desk.beside.showing import Beside
from acr_program.desk.today import tone, when
from acr_program.files.errors import Corrupt
from acr_program.people.acting import acting_for
from acr_program.people.choices import Role
from acr_program.people.models import Absence, User
from acr_program.ui.lists import Column, Sort, Table
from acr_program.ui.parts import Waiting
from acr_program.ui.phrases import day
from acr_program.workflow.ages import age_column
from acr_program.workflow.forms import StepForm
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import Offer, offers
from reviews import rules
from reviews.choices import ApprovalStatus as S
from reviews.choices import DocumentStatus
from reviews.models import Approval, Document

from .composed import Composed, composed, inputs_of_versions
from .contribution_page import SHOWN, duties_of, late, waiting
from .delivery_page import SCREEN
from .differences import Comparison, compare
from .goes_out import goes_out
from .rounds import Round, rounds_of

DECIDED = Table(
    columns=[
        Column(
            "request",
            _("Review"),
            lambda a: str(a.request),
            link=True,
            sub=lambda a: _("version %(n)s") % {"n": a.document.number},
        ),
        Column("status", _("Answer")),
        age_column(lambda approval: late(approval, approval.status == S.PENDING)),
        Column("comment", _("What was said"), empty=_("nothing"), whole=True),
        Column("rep", _("Sales representative"), "request.rep.name"),
        Column("meeting_on", _("Meeting"), "request.meeting_on", sort="meeting", nowrap=True),
        Column("approver", _("Asked of"), "approver.name", nowrap=True),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("meeting", _("Meeting"), "-meeting_on", "-id")],
    noun=(_("approval"), _("approvals")),
    reads=(
        "status",
        "comment",
        "request__meeting_on",
        "request__delivery",
        "request__audience",
        "request__account__name",
        "request__year__label",
        "request__rep__name",
        "document__number",
        "approver__name",
    ),
    also=[Column("version", _("Version"), "document.number", num=True)],
)


def asked_of(user: User) -> QuerySet[Approval]:
    """What this person is or was asked to approve, as themselves or as somebody's stand-in."""
    return Approval.objects.filter(approver__in=[user.pk, *user.stands_in_for]).for_list()


def pending(user: User) -> QuerySet[Any]:
    """What is not decided, soonest meeting first; `first` names the leader who decides before, where one does."""
    before = Approval.objects.filter(document=OuterRef("document"), place__lt=OuterRef("place"))
    undecided = before.exclude(status=S.APPROVED).order_by("place").values("approver__name")[:1]
    rows = asked_of(user).filter(status=S.PENDING).annotate(first=Subquery(undecided))
    return rows.order_by("request__meeting_on", "pk")


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


def said_of(approval: Approval) -> tuple[str, str]:
    """The review by its name, and why it is wanted by then."""
    review = approval.request
    words = {"rep": review.rep.name, "day": day(review.meeting_on), "n": approval.document.number}
    return str(review), _("version %(n)d · %(rep)s meets them on %(day)s") % words


@dataclass(frozen=True)
class Decider:
    """One of those who decide, in their order."""

    approval: Approval
    note: Any
    me: bool


@dataclass
class ApprovalPage:
    """One approval as this reader sees it."""

    of: Approval
    user: User
    against: str = "version"
    given: StepForm | None = None  # as it was sent, where it needs another look

    # Who decides

    @cached_property
    def offers(self) -> list[Offer]:
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
        return Obligation.objects.of(self.of).open().first() if self.of.status == S.PENDING else None

    @property
    def due(self) -> str:
        return when(self.duty) if self.duty else ""

    @property
    def due_tone(self) -> str:
        return tone(self.duty) if self.duty else ""

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
        return list(self.of.document.approvals.select_related("approver").order_by("place"))

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
        return rounds_of(self.of.request) if self.of.document.number > 1 else []

    @cached_property
    def earlier(self) -> dict[str, Document]:
        """The version before this one, and the one that was sealed for the year before: one query."""
        request, document = self.of.request, self.of.document
        same = Q(request=request, number__lt=document.number)
        past = Q(
            request__account=request.account_id, request__audience=request.audience, status=DocumentStatus.SEALED,
            request__year__begins_on__lt=request.year.begins_on,
        )  # fmt: skip
        of_account = Document.objects.filter(
            request__account=request.account_id
        )  # so that the index on accounts serves
        rows = of_account.filter(same | past, manifest__isnull=False).select_related("manifest", "request__year")
        found: dict[str, Document] = {}
        for row in sorted(rows, key=lambda d: (d.request.year.begins_on, d.number), reverse=True):
            found.setdefault("version" if row.request_id == request.pk else "year", row)
        return found

    @cached_property
    def read(self) -> tuple[dict[int, dict[str, Any]], str]:
        """The inputs of the versions, or the sentence that says why they are not shown."""
        try:
            return inputs_of_versions([self.of.document, *self.earlier.values()]), ""
        except Corrupt as corrupt:
            return {}, corrupt.sentence

    @property
    def inputs(self) -> dict[int, dict[str, Any]]:
        return self.read[0]

    @property
    def trouble(self) -> str:
        return self.read[1]

    @cached_property
    def sections(self) -> list[Composed]:
        """The document's sections from the inputs that the digest covers; empty where these are not on file."""
        return composed(self.inputs.get(self.of.document_id))

    @property
    def as_of(self) -> dict[str, Any]:
        """Company, customer and year as the document names them."""
        return self.inputs.get(self.of.document_id, {})

    @cached_property
    def comparisons(self) -> list[Comparison]:
        labels = {"version": _("The version before"), "year": _("The review before")}
        found = []
        for key, label in labels.items():
            document = self.earlier.get(key)
            then = composed(self.inputs.get(document.pk)) if document else []
            differences, same = compare(self.sections, then) if then and self.sections else ([], [])
            name = self.name_of(key, document) if document and then else ""
            url = f"{self.own_url}?against={key}#differs"
            found.append(Comparison(key, label, name, differences, same, url, key == self.chosen))
        return found

    @property
    def chosen(self) -> str:
        """What it is compared with: as asked, else with what there is."""
        asked = self.against if self.against in ("version", "year") else "version"
        return asked if asked in self.earlier or not self.earlier else next(iter(self.earlier))

    @property
    def comparison(self) -> Comparison:
        return next(one for one in self.comparisons if one.current)

    @staticmethod
    def name_of(key: str, document: Document) -> str:
        words = _("version %(n)d of this review") if key == "version" else _("the review of %(year)s")
        return str(words % {"n": document.number, "year": document.request.year.label})

    @property
    def standard(self) -> list[str]:
        """Sections that are the standard template's own text."""
        return [section.title for section in self.sections if section.source.startswith("Standard")]


def away(reader: User, approval: Approval) -> str:
    """Who decides meanwhile, in place of a leader who is away."""
    acting = acting_for(reader, approval.approver_id)
    if acting is None or acting.pk == approval.request.rep_id:
        return ""
    until = reader.absences_today[approval.approver_id].to_on
    return _("away until %(day)s; %(name)s decides meanwhile") % {"day": day(until), "name": acting.name}


def may_read_ready(user: User, document: Document, approvals: list[Approval]) -> bool:
    """A document that is not sealed is for the office and for those who are asked to approve it."""
    return user.has(Role.ADMIN, Role.MANAGER) or any(user.acts_as(approval.approver_id) for approval in approvals)
