"""Requests as rows of a file: drafts in the representatives' names, by the rules of the form (R-21)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from accounts.models import Account
from acr_program.intake.kinds import Done, Key, Kind, Row, Standing, Values
from acr_program.intake.undoing import TOUCHED, hanging
from acr_program.workflow.edit import begin_many
from acr_program.workflow.remove import remove_many

from ..actions.drafting import typed_into
from ..actions.requesting import tell_of_drafts
from ..choices import RequestStatus
from ..models import ReviewRequest
from .admission import Admission
from .request_fields import FIELDS

TEXTS = ("meeting_place", "short_notice_reason", "goal", "ship_to")
READ = (
    "pk",
    "status",
    "account__code",
    "year__label",
    "audience",
    "meeting_on",
    "delivery",
    "recipient__email",
    "copies",
    *TEXTS,
)
UNTOUCHED = 1  # the version of a row that nobody has written to since it was begun


class RequestsKind(Kind):
    """One request: an account, a program year, an audience, and the day of the meeting."""

    listed = ("reviews:requests", later("To the requests"))
    name = "requests"
    title = later("Review requests")
    noun = (later("request"), later("requests"))
    model = ReviewRequest
    key = ("account", "year", "audience")
    label = ("account", "year", "audience")
    help = later(
        "Reviews that are wanted: each becomes a draft of its account’s representative, who is told, completes it and submits it."
    )
    fields = FIELDS

    # --- looking ---

    def prepare(self, rows: list[Row]) -> None:
        self.admission: Admission = getattr(self, "admission", None) or Admission()
        self.admission.read({row.key[0] for row in rows})

    def standing(self, keys: list[Key], *, pks: list[int] | None = None, lock: bool = False) -> dict[Key, Standing]:
        """The request that there is for an account, year and audience: the one under way before a draft."""
        codes = {account for account, _year, _audience in keys}
        if lock:
            accounts = Account.objects.select_for_update(no_key=True).filter(code__in=codes).order_by("pk")
            list(accounts.values_list("pk", flat=True))
        rows = ReviewRequest.objects.filter(account__code__in=codes, year__label__in={key[1] for key in keys})
        found: dict[Key, Standing] = {}
        for pk, status, code, year, audience, on, delivery, email, copies, *texts in (
            rows.exclude(status=RequestStatus.CANCELLED).order_by("pk").values_list(*READ)
        ):
            before = found.get((code, year, audience))
            if before and before.values["_status"] != RequestStatus.DRAFT:
                continue
            values: Values = dict(zip(TEXTS, texts, strict=True)) | {
                "account": code, "year": year, "audience": audience, "meeting_on": on.isoformat(), "delivery": delivery,
                "recipient": email or "", "copies": str(copies or ""), "_status": status,
            }  # fmt: skip
            found[code, year, audience] = Standing(pk, values)
        wanted = set(keys)
        return {key: one for key, one in found.items() if key in wanted}

    def complete(self, row: Row) -> None:
        """The recipient as the account knows them; what the form would begin with, where a new request says nothing."""
        row.values = {name: value for name, value in row.values.items() if value}
        self.admission.name_recipient(row.values)
        if row.standing is None:
            self.admission.fill(row.values)

    def look_beside(self, faulty: list[Row]) -> None:
        self.admission.read({row.values.get("account", "") for row in faulty})
        for row in faulty:
            row.faults += filter(None, [self.admission.unknown(row.values)])

    def objection(self, row: Row) -> str:
        if sentence := self.admission.unknown(row.values):
            return sentence
        if row.standing:
            return self.twice(row, row.standing)
        reason, notes = self.admission.judge(row.values)
        row.notes += notes
        return reason

    @staticmethod
    def twice(row: Row, there: Standing) -> str:
        """A request is made once. A row that says the same as before is as it is already; any other is refused."""
        state = RequestStatus(there.values["_status"])
        words = {"number": there.pk, "state": state.label}
        if any(there.values[name] != value for name, value in row.values.items()):
            return (
                _(
                    "R%(number)d (%(state)s) is there already for this account, year and audience, and says otherwise: "
                    "it is changed on its own page."
                )
                % words
            )
        if state != RequestStatus.DRAFT:
            row.notes.append(_("R%(number)d is there already: %(state)s.") % words)
        return ""

    # --- writing ---

    def too_late(self, rows: list[Row]) -> dict[int, str]:
        """An account may have been closed, or its manager have left, since the preview."""
        self.admission = Admission()
        self.admission.read({row.key[0] for row in rows})
        judged = {row.number: self.admission.unknown(row.values) or self.admission.judge(row.values)[0] for row in rows}
        return {number: reason for number, reason in judged.items() if reason}

    def create(self, rows: list[Row]) -> list[Done]:
        comment = _("Import of %(file)s") % {"file": self.run.source}
        made = begin_many([self.admission.request_of(row.values) for row in rows], by=self.run.by, comment=comment)
        self.made: list[ReviewRequest] = [*getattr(self, "made", ()), *made]
        return [Done(one.pk, True, {}, str(one), number=row.number) for one, row in zip(made, rows, strict=True)]

    def after(self) -> list[Done]:
        """One mail to each representative, with all of theirs."""
        if made := sorted(getattr(self, "made", ()), key=lambda one: (one.meeting_on, one.pk)):
            tell_of_drafts(made, key=f"imported-{made[0].pk}", by_name=self.run.by.name)
        return []

    # --- undoing ---

    def remove(self, done: list[tuple[Done, Values]]) -> dict[int, str]:
        """Drafts that nobody has written to since are taken away; every other is listed with the reason."""
        pks = [one.pk for one, _values in done]
        rows: dict[int, Any] = {
            row.pk: row
            for row in ReviewRequest.objects.select_for_update(no_key=True, of=("self",))
            .select_related("account", "year")
            .filter(pk__in=pks)
            .order_by("pk")
        }
        left = {pk: str(TOUCHED) for pk in pks if pk not in rows or rows[pk].version != UNTOUCHED}
        for pk, row in rows.items():
            if row.status != RequestStatus.DRAFT:
                left[pk] = _("It is no draft any more: %(state)s.") % {"state": row.get_status_display()}
        ready = [pk for pk in pks if pk not in left]
        left |= hanging(ReviewRequest, ready) if ready else {}
        left |= {pk: _("Somebody has begun to write into it.") for pk in typed_into(ready)}
        gone = [row for pk, row in rows.items() if pk not in left]
        remove_many(gone, by=self.run.by, comment=_("Import of %(file)s undone") % {"file": self.run.source})
        return left
