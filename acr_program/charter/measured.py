"""On what people are measured: what was published to them, holds today and is not withdrawn; and how far they are (G-15, G-16)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from acr_program.people.choices import Role
from acr_program.people.models import RoleGrant, User

from . import hung
from .choices import CommunicationKind, ReceiptStatus, YearStatus
from .models import Communication, ProgramYear, Ramp, Receipt

AT_LAUNCH = 2  # reviews for each representative and year where no target is written down (G-16)


@dataclass(frozen=True)
class Measured:
    """One person in a year; without a receipt nothing was published to them, and they are measured on nothing."""

    person: User
    receipt: Receipt | None
    target: int | None
    delivered: int
    sells: bool = True

    @property
    def tone(self) -> str:
        if self.target is None:
            return "neutral"
        return "good" if self.delivered >= self.target else "info"

    @property
    def has_confirmed(self) -> bool:
        return self.receipt is not None and self.receipt.status != ReceiptStatus.ASKED


def open_years() -> list[ProgramYear]:
    """Those that are not closed, the latest first."""
    return list(ProgramYear.objects.exclude(status=YearStatus.CLOSED).order_by("-begins_on", "-pk")[:12])


def running(years: list[ProgramYear] | None = None) -> ProgramYear | None:
    """The year that counts now: the one that runs, or the next that is told of."""
    years = open_years() if years is None else years
    return next((year for year in years if year.status == YearStatus.RUNNING), years[0] if years else None)


def expected_in(year: ProgramYear) -> int:
    """What the ramp says for each representative in this year of the program."""
    found = Ramp.objects.filter(nth__lte=year.nth).order_by("-nth").values_list("reviews", flat=True).first()
    return AT_LAUNCH if found is None else int(found)


def force(year: ProgramYear) -> list[Measured]:
    """Every representative, then every leader with the sum of what was published to their people; three queries."""
    published: dict[int, Receipt] = {}
    for receipt in Receipt.objects.published(year, localdate()).select_related("communication"):
        published.setdefault(receipt.person_id, receipt)
    delivered = hung.delivered(year)
    sells = RoleGrant.objects.filter(person=OuterRef("pk"), role=Role.REP)
    people: list[Any] = list(User.objects.holding(Role.REP, Role.LEADER).annotate(sells=Exists(sells)))
    reps = [one(person, published, delivered) for person in people if person.sells]
    return reps + [above(person, published, reps) for person in people if not person.sells]


def one(rep: User, published: dict[int, Receipt], delivered: dict[int, int]) -> Measured:
    receipt = published.get(rep.pk)
    return Measured(rep, receipt, receipt.reviews if receipt else None, delivered.get(rep.pk, 0))


def above(leader: User, published: dict[int, Receipt], reps: list[Measured]) -> Measured:
    """A leader is measured on what was published to their people, once something was published to them."""
    own = [row for row in reps if row.person.reports_to_id == leader.pk]
    targets = [row.target for row in own if row.target is not None]
    receipt = published.get(leader.pk)
    return Measured(
        leader, receipt, sum(targets) if receipt and targets else None, sum(row.delivered for row in own), sells=False
    )


def of_person(year: ProgramYear | None, person: User) -> Measured | None:
    """The same of one person; None for whoever is neither representative nor leader."""
    return next((row for row in force(year) if row.person.pk == person.pk), None) if year else None


def sets_of(year: ProgramYear | None) -> Any:
    """The expectation sets of a year, newest first."""
    return Communication.objects.filter(year=year, kind=CommunicationKind.EXPECTATIONS).order_by("-pk")


def who_has_not(rows: list[Measured]) -> list[User]:
    """Who has expectations published to them and has not confirmed that they know them (G-20)."""
    return [row.person for row in rows if row.receipt and row.receipt.status == ReceiptStatus.ASKED]
