"""Whether a request may be made for an account, as the form and the step that submits it would judge; and the request itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import Account, Contact
from acr_program.charter.choices import YearStatus
from acr_program.charter.models import Program, ProgramYear
from acr_program.intake.kinds import Values
from acr_program.people.choices import Role
from acr_program.people.folding import folded
from acr_program.people.models import RoleGrant
from acr_program.ui.phrases import day

from .. import rules
from ..actions.requesting import MOST_COPIES, address_of
from ..actions.yearly import GOAL, Rule, months_before
from ..choices import Delivery, RequestStatus
from ..models import ProcessVersion, ReviewRequest

HELD = (RequestStatus.MET, RequestStatus.CLOSED)
MENDED_LATER = (rules.year_running, rules.meeting_set, rules.lead_time, rules.reachable)  # a draft may still lack these
ASKED_OTHERWISE = (rules.one_at_a_time,)  # what there is stands beside the row


class Admission:
    """Looks up what rows name: three queries for each lot, whatever its size, none for what was looked up before."""

    def __init__(self) -> None:
        self.accounts: dict[str, Any] = {}
        self.contacts: dict[int, list[Contact]] = {}
        self.last_met: dict[tuple[int, str], date] = {}

    def read(self, codes: Iterable[str]) -> None:
        ahead = {code for code in codes if code} - self.accounts.keys()
        if not ahead:
            return
        at_work = RoleGrant.objects.filter(person=OuterRef("manager"), person__is_active=True, role=Role.REP)
        rows = Account.objects.filter(code__in=ahead).select_related("manager").annotate(has_rep=Exists(at_work))
        found = {account.code: account for account in rows}
        self.accounts |= found
        of_them = [account.pk for account in found.values()]
        for contact in Contact.objects.filter(account__in=of_them).exclude(email="").order_by("-is_main", "pk"):
            self.contacts.setdefault(contact.account_id, []).append(contact)
        held = ReviewRequest.objects.filter(account__in=of_them, status__in=HELD).order_by()
        met = held.values_list("account_id", "audience").annotate(on=Max(Coalesce("met_on", "meeting_on")))
        self.last_met |= {(account, audience): on for account, audience, on in met}

    @cached_property
    def years(self) -> dict[str, ProgramYear]:
        return {year.label: year for year in ProgramYear.objects.all()}

    @cached_property
    def program(self) -> Any:
        """The program, with the pace of its process in force; None before there is one."""
        return Program.objects.annotate(pace=Subquery(ProcessVersion.objects.published().values("pace"))).first()

    # --- what a row leaves to the program ---

    def contact_of(self, account: Account, said: str) -> Contact | None:
        """Somebody with an address there, by name or address; without a word whoever is first to be addressed."""
        known = self.contacts.get(account.pk, [])
        if not said:
            return known[0] if known and known[0].is_main else None
        wanted = folded(said)
        return next((one for one in known if wanted in (folded(one.email), folded(one.name))), None)

    def name_recipient(self, values: Values) -> None:
        account, said = self.accounts.get(values["account"]), values.get("recipient", "")
        if account and said and (contact := self.contact_of(account, said)):
            values["recipient"] = contact.email

    def fill(self, values: Values) -> None:
        """What the form would begin with."""
        values.setdefault("goal", str(GOAL))
        printed = values.setdefault("delivery", str(Delivery.DIGITAL)) == Delivery.PRINTED
        account = self.accounts.get(values["account"])
        if account and printed and (address := address_of(account)):
            values.setdefault("ship_to", address[:300])
        if account and (contact := self.contact_of(account, "")):
            values.setdefault("recipient", contact.email)

    # --- whether it may be ---

    def unknown(self, values: Values) -> str:
        """What the row names and nobody knows; empty where all is known."""
        code, label, said = (values.get(name, "") for name in ("account", "year", "recipient"))
        account, sentences = self.accounts.get(code), []
        if code and account is None:
            words = _("There is no account with the customer number “%(code)s”. Import the accounts first.")
            sentences.append(words % {"code": code})
        if label and label not in self.years:
            known = ", ".join(label for label, year in self.years.items() if year.status != YearStatus.CLOSED)
            words = _("There is no program year “%(year)s”; those that are open: %(known)s.")
            sentences.append(words % {"year": label, "known": known or _("none")})
        if said and account and self.contact_of(account, said) is None:
            words = _("Nobody called “%(who)s” with an e-mail address is known at %(account)s.")
            sentences.append(words % {"who": said, "account": account.name})
        return " ".join(sentences)

    def judge(self, values: Values) -> tuple[str, list[str]]:
        """Every reason why no request can be made, and what its representative still has to see to."""
        request = self.request_of(values, unsaved=True)
        reasons = self.why_not(request)
        if self.program is None or request.rep_id is None:
            return " ".join(reasons), []  # the needs of a request ask both
        step = ReviewRequest.declared_steps()["submit"]
        unmet = [
            need for need in ReviewRequest.needs_of(step) if need not in ASKED_OTHERWISE and not need.holds(request)
        ]
        reasons += [str(need.says) for need in unmet if need not in MENDED_LATER]
        if reasons:
            return " ".join(reasons), []
        notes = [_("Before it is submitted: %(what)s") % {"what": need.says} for need in unmet]
        year = request.year
        if not year.begins_on <= request.meeting_on <= year.ends_on:
            notes.append(_("The meeting lies outside the program year."))
        return "", notes

    def why_not(self, request: ReviewRequest) -> list[str]:
        """What the form would not offer at all."""
        account: Any = request.account
        last = self.last_met.get((account.pk, request.audience))
        reasons = (
            (self.program is None, _("There is no program yet: the program manager has to begin one.")),
            (
                request.year.status == YearStatus.CLOSED,
                _("The program year %(year)s is closed.") % {"year": request.year},
            ),
            (account.manager is None, _("Nobody is known to manage it.")),
            (account.manager and not account.has_rep, _("Whoever manages it is no sales representative at work here.")),
            (
                last and last > months_before(request.meeting_on, Rule.since_months),
                _("Its last review was on %(day)s, less than %(n)d months before this meeting.")
                % {"day": day(last) if last else "", "n": Rule.since_months},
            ),
            (
                request.copies is not None and not 0 < request.copies <= MOST_COPIES,
                _("Between 1 and %(n)d copies can be printed.") % {"n": MOST_COPIES},
            ),
        )
        return [reason for applies, reason in reasons if applies]

    def request_of(self, values: Values, *, unsaved: bool = False) -> ReviewRequest:
        """The draft that the row asks for, in the name of the account's manager."""
        account = self.accounts[values["account"]]
        texts = {name: values.get(name, "") for name in ("meeting_place", "short_notice_reason", "goal", "ship_to")}
        request = ReviewRequest(
            account=account, year=self.years[values["year"]], rep=account.manager, audience=values["audience"],
            meeting_on=date.fromisoformat(values["meeting_on"]), delivery=values.get("delivery") or Delivery.DIGITAL,
            recipient=self.contact_of(account, said) if (said := values.get("recipient")) else None,
            copies=int(values["copies"]) if values.get("copies") else None, **texts,
        )  # fmt: skip
        if unsaved and self.program:
            request.__dict__["program"] = self.program  # read once for all rows
            request.pace_ahead = self.program.pace
        return request
