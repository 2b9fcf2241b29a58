"""The two scorecards of a candidate: each criterion with its judgement, and what the facts on file say (P-05 to P-15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.ui.phrases import day
from acr_program.workflow.book import forget, once

from .choices import BEST_SCORE, RATED, Evidence, Subject, Tier

FACTS = {Evidence.NEGOTIATION: "negotiation", Evidence.RFP: "rfp"}


@dataclass(frozen=True)
class OnFile:
    """What is known without asking anybody: for, against, or neither, with where it comes from."""

    says: bool | None
    words: str
    source: str = ""


@dataclass(frozen=True)
class Line:
    """One criterion of a candidate: judged or not, and what is on file."""

    criterion: Any
    judgement: Any
    on_file: OnFile | None

    @property
    def met(self) -> bool | None:
        """What is on file against it holds whatever was judged before; nothing is met that nobody has judged."""
        if self.on_file and self.on_file.says is False:
            return False
        return self.judgement.met if self.judgement else None

    @property
    def tone(self) -> str:
        return {True: "good", False: "bad", None: "neutral"}[self.met]

    @property
    def label(self) -> str:
        if self.met is None:
            return _("Not judged yet")
        return _("Met") if self.met else _("Not met")

    @property
    def why_not(self) -> str:
        """Why it is not met, as a part of a sentence; empty where it is."""
        if self.met:
            return ""
        if self.on_file and self.on_file.says is False:
            return _("“%(criterion)s”: %(on_file)s") % {"criterion": self.criterion, "on_file": self.on_file.words}
        words = _("“%(criterion)s” is not judged yet") if self.met is None else _("“%(criterion)s” is judged not met")
        return words % {"criterion": self.criterion}


@dataclass(frozen=True)
class Scorecard:
    """The lines about the account, and those about its manager."""

    account: list[Line]
    manager: list[Line]

    @property
    def lines(self) -> list[Line]:
        return [*self.account, *self.manager]

    @property
    def score(self) -> int:
        return sum(line.judgement.score or 0 for line in self.lines if line.judgement)

    @property
    def most(self) -> int:
        """The best score that these criteria can give."""
        return BEST_SCORE * sum(line.criterion.evidence in RATED for line in self.lines)

    @property
    def tier(self) -> Tier:
        """A weak manager can fail the best account (P-15)."""
        account, manager = {line.met for line in self.account}, {line.met for line in self.manager}
        if False in account:
            return Tier.FAILS
        if None in account or not account:
            return Tier.OPEN
        if False in manager:
            return Tier.OTHER_MANAGER
        return Tier.OPEN if None in manager or not manager else Tier.PASSES

    @property
    def lacking(self) -> list[str]:
        return [line.why_not for line in self.lines if not line.met]


def scorecard(candidate: Any) -> Scorecard:
    """Three queries, none where a list has fetched both (`with_cards`).

    Of a candidate whose way is over the judgements alone count, as they were made.
    """
    version = candidate.wave.criteria
    criteria = once(f"criteria of version {version.pk}", lambda: list(version.criteria)) if version else []
    judged = {(one.criterion_id, one.person_id): one for one in judgements_of(candidate)}
    facts = {fact.kind: fact for fact in facts_of(candidate.account)}
    lines = [line_of(candidate, criterion, judged, facts) for criterion in criteria]
    return Scorecard(
        [line for line in lines if line.criterion.about == Subject.ACCOUNT],
        [line for line in lines if line.criterion.about == Subject.MANAGER],
    )


def judgements_of(candidate: Any) -> list[Any]:
    """Those that stand, read once for a page or a click; `forget_judgements` where one is added."""
    if (known := candidate.__dict__.get("standing_judgements")) is not None:
        return list(known)
    rows = candidate.judgements.standing().select_related("by", "version", "plan")
    return once(f"judgements of candidate {candidate.pk}", lambda: list(rows))


def forget_judgements(candidate: Any) -> None:
    forget(f"judgements of candidate {candidate.pk}")


def facts_of(account: Any) -> list[Any]:
    """Those that hold, read once for a page or a click."""
    if (known := account.__dict__.get("holding")) is not None:
        return list(known)
    rows = account.facts.filter(ended_on=None).select_related("said_by")
    return once(f"facts of account {account.pk}", lambda: list(rows))


def line_of(candidate: Any, criterion: Any, judged: dict[Any, Any], facts: dict[str, Any]) -> Line:
    person = candidate.manager_id if criterion.about == Subject.MANAGER else None
    known = on_file(candidate.account, criterion.evidence, facts) if candidate.is_live else None
    return Line(criterion, judged.get((criterion.pk, person)), known)


def standing(candidate: Any) -> tuple[int, int]:
    """The score and the tier, as the row keeps them; a row that is not kept yet has no judgements."""
    if candidate.pk is None:
        return 0, Tier.OPEN
    card = scorecard(candidate)
    return card.score, card.tier


def on_file(account: Any, evidence: str, facts: dict[str, Any]) -> OnFile | None:
    """What the account's own facts say to a criterion; nothing where they do not touch it."""
    if evidence == Evidence.AGE:
        return age_of(account)
    if kind := FACTS.get(Evidence(evidence)):
        return fact_against(facts.get(kind))
    return None


def fact_against(fact: Any) -> OnFile:
    if fact is None:
        return OnFile(None, _("nothing on file against it"))
    said = _("%(who)s, %(day)s") % {"who": fact.said_by.name, "day": day(fact.said_at.date())}
    words = _("%(fact)s, since %(since)s") % {"fact": str(fact), "since": day(fact.since_on)}
    return OnFile(False, words, _("%(reason)s (%(said)s)") % {"reason": fact.reason, "said": said})


def age_of(account: Any) -> OnFile:
    """More than one year before today: exactly one year does not pass (P-10)."""
    since = account.customer_since
    if since is None:
        return OnFile(False, _("since when it is a customer is not on file"))
    words = _("a customer since %(since)s") % {"since": day(since)}
    return OnFile(older_than_a_year(since, localdate()), words, _("the account’s own facts"))


def older_than_a_year(since: date, today: date) -> bool:
    """Of a 29 February the year is full on 1 March."""
    try:
        full = since.replace(year=since.year + 1)
    except ValueError:
        full = date(since.year + 1, 2, 28) + timedelta(days=1)
    return today > full
