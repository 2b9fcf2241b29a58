"""One version of the first filter as its page shows it, and what it makes of past decisions and of accounts (K-09, M15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import Account
from accounts.models.account import net_of_year
from accounts.quarters import quarter_of
from acr_program.people.roles import program_managers
from acr_program.ui.parts import Figure
from acr_program.workflow.offers import next_step
from reviews.pages.one import OnePage

from ..choices_filter import CriterionKind, FilterStatus, Verdict
from ..filter_backtest import BackTest, Decision, backtest, standing_said
from ..filter_cards import Card, made, rule_said
from ..filter_known import known_of_many, plain
from ..models import FilterCriterion, FilterVersion, Scorecard, TryOut

SHOWN, LOOKED_AT = 50, 200


@dataclass(frozen=True)
class Row:
    """One criterion, with how it is answered."""

    criterion: FilterCriterion
    rule: str


class FilterPage(OnePage[FilterVersion]):
    """One version, for one reader."""

    @property
    def next(self) -> str:
        return next_step(self.of)

    @property
    def may_edit(self) -> bool:
        return self.of.is_draft and program_managers(self.user)

    @property
    def may_draft(self) -> bool:
        """Another version is drafted from the one in force."""
        return bool(self.of.status == FilterStatus.PUBLISHED) and program_managers(self.user)

    @cached_property
    def parts(self) -> list[tuple[str, list[Row]]]:
        """The must-haves, then the weighted criteria, each in their order."""
        rows = [Row(criterion, rule_said(criterion)) for criterion in self.of.listed]
        heads = ((_("Must-haves"), CriterionKind.MUST), (_("Weighted"), CriterionKind.WEIGHTED))
        return [(title, [row for row in rows if row.criterion.kind == kind]) for title, kind in heads]

    @property
    def bar_said(self) -> str:
        return _("%(bar)s of %(most)s points") % {"bar": plain(self.of.bar), "most": self.of.most}

    @cached_property
    def tryout(self) -> TryOut | None:
        """The last time somebody tried it out."""
        found: TryOut | None = self.of.tryouts.select_related("by").first()
        return found

    @property
    def tried_as_it_stands(self) -> bool:
        return self.tryout is not None and self.tryout.at_version == self.of.version

    @cached_property
    def scored(self) -> int:
        """How many nominations, of those this reader sees, are scored by it (feature 74)."""
        return Scorecard.objects.visible_to(self.user).filter(filter=self.of).count()


@dataclass(frozen=True)
class Stands:
    """One account by one version, on one day."""

    account: Account
    card: Card

    @property
    def verdict(self) -> Verdict:
        return self.card.verdict

    @property
    def words(self) -> str:
        return standing_said(self.card.standing)


class BackTestPage(OnePage[FilterVersion]):
    """Which past decisions would flip under this version, and how the largest accounts stood by it on a day."""

    def __init__(self, of: FilterVersion, user: Any, on: date) -> None:
        super().__init__(of, user)
        self.on = on

    @cached_property
    def test(self) -> BackTest:
        """Of the decisions that this reader sees."""
        return backtest(self.of, Scorecard.objects.visible_to(self.user).decided())

    @property
    def unsaid(self) -> list[Decision]:
        """Of which it cannot be said: the first. A criterion that nobody knew before makes it so of nearly all."""
        return self.test.unsaid[:SHOWN]

    @property
    def unsaid_left(self) -> int:
        return len(self.test.unsaid) - len(self.unsaid)

    @property
    def may_try(self) -> bool:
        """Whether it is still to be kept that somebody has looked at the draft as it stands."""
        return self.of.is_draft and program_managers(self.user) and bool(self.of.listed) and not self.of.is_tried

    @property
    def figures(self) -> list[Figure]:
        test = self.test
        return [
            Figure(str(len(test.decisions)), _("past decisions")),
            Figure(str(len(test.to_pass)), _("would pass now"), tone="warn" if test.to_pass else ""),
            Figure(str(len(test.to_fail)), _("would fail now"), tone="warn" if test.to_fail else ""),
            Figure(str(len(test.unsaid)), _("cannot be said")),
            Figure(str(test.same), _("would stay as they are")),
        ]

    @cached_property
    def accounts(self) -> list[Stands]:
        """The accounts with the greatest net value in the year before that day; people's judgement is open for all of them."""
        rows = Account.objects.visible_to(self.user).live().annotate(net=net_of_year(quarter_of(self.on)))
        accounts = list(rows.order_by(F("net").desc(nulls_last=True), "pk")[:LOOKED_AT])
        facts = known_of_many(accounts, self.on)
        return [Stands(account, made(self.of, facts[account.pk], {})) for account in accounts]

    @property
    def shown(self) -> list[Stands]:
        return self.accounts[:SHOWN]

    @property
    def account_figures(self) -> list[Figure]:
        said = {verdict: sum(one.verdict == verdict for one in self.accounts) for verdict in Verdict}
        return [
            Figure(str(said[Verdict.PASSES]), _("pass by what is on file")),
            Figure(str(said[Verdict.FAILS]), _("fail, whatever is judged")),
            Figure(str(said[Verdict.OPEN]), _("depend on what people judge")),
        ]
