"""The pages of the part on value: all customers in one ranking, and the risk register (N2.1, N2.2, N2.7; feature 80)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.marks import beside, marked
from accounts.models import Account
from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.people.requests import SignedRequest
from acr_program.ui.forms import Form
from acr_program.ui.parts import Figure
from acr_program.ui.phrases import number

from . import value_formula as formula
from .value_formula import Ranked, Ranking, percent, ranking_for
from .value_risks import risk_list

SIZES = (10, 25, 50)
MOST_FOUND = 20


class RankingForm(Form):
    """How many of each end, and whose place is looked for."""

    show = forms.TypedChoiceField(
        label=_("At each end"),
        choices=[(size, str(size)) for size in SIZES],
        coerce=int,
        required=False,
        initial=SIZES[0],
    )
    search = forms.CharField(label=_("Find an account"), max_length=80, required=False)


@dataclass(frozen=True)
class Line:
    """A customer in the ranking, as a page shows it."""

    of: Ranked
    account: Account
    ranking: Ranking

    @property
    def name(self) -> SafeString | str:
        return beside(self.account.name, getattr(self.account, "mark", ""))

    @property
    def manager(self) -> str:
        return self.account.manager.name if self.account.manager else ""

    @property
    def net(self) -> str:
        return number(self.of.net, 0)

    @property
    def value(self) -> str:
        return number(self.of.value, 0)

    @property
    def margin(self) -> str:
        return margin_said(self.of, self.ranking)

    @property
    def growth(self) -> str:
        return growth_said(self.of)


def margin_said(row: Ranked, ranking: Ranking) -> str:
    """As it was told, or that it was not and what stands in for it."""
    if row.margin is not None:
        return percent(row.margin)
    return (
        say("not told") if ranking.middle is None else say("not told: %(middle)s") % {"middle": percent(ranking.middle)}
    )


def growth_said(row: Ranked) -> str:
    return say("too few orders") if row.grown is None else f"{row.grown * 100:+.0f} %".replace("-", "−")


@dataclass
class RankingPage:
    """Both ends of the ranking as far as somebody sees the accounts; places count all customers."""

    user: User
    form: RankingForm

    @cached_property
    def asked(self) -> dict[str, Any]:
        return self.form.cleaned_data if self.form.is_valid() else {}

    @cached_property
    def ranking(self) -> Ranking:
        return ranking_for(self.user)

    @cached_property
    def seen(self) -> set[int]:
        return set(Account.objects.visible_to(self.user).live().order_by().values_list("pk", flat=True))

    @cached_property
    def ends(self) -> tuple[list[Ranked], list[Ranked]]:
        return self.ranking.ends_of(self.seen, self.asked.get("show") or SIZES[0])

    @cached_property
    def looked_for(self) -> list[Ranked] | None:
        """Those whose name is looked for; None where nothing is."""
        words = folded(self.asked.get("search") or "").split()[:8]
        if not words:
            return None
        rows = Account.objects.visible_to(self.user).live().order_by()
        for word in words:
            rows = rows.filter(search__contains=word)
        found = set(rows.values_list("pk", flat=True))
        return [row for row in self.ranking.rows if row.account in found][:MOST_FOUND]

    @cached_property
    def accounts(self) -> dict[int, Account]:
        wanted = {row.account for rows in (*self.ends, self.looked_for or []) for row in rows}
        rows = Account.objects.visible_to(self.user).filter(pk__in=wanted).select_related("manager")
        return {account.pk: account for account in marked(rows)}

    def lines(self, rows: Iterable[Ranked]) -> list[Line]:
        return [Line(row, self.accounts[row.account], self.ranking) for row in rows if row.account in self.accounts]

    @property
    def best(self) -> list[Line]:
        return self.lines(self.ends[0])

    @property
    def worst(self) -> list[Line]:
        return self.lines(self.ends[1])

    @property
    def found(self) -> list[Line] | None:
        return None if self.looked_for is None else self.lines(self.looked_for)

    @property
    def unranked(self) -> int:
        """Of the customers that somebody sees, those of whom no quarter is on file."""
        return len(self.seen - {row.account for row in self.ranking.rows})

    @property
    def figures(self) -> list[Figure]:
        told = sum(row.margin is not None for row in self.ranking.rows)
        middle = self.ranking.middle
        return [
            Figure(number(len(self.ranking.rows)), say("Customers ranked"), self.ranking.span),
            Figure(number(told), say("Of these with a margin that was told")),
            Figure(percent(middle) if middle is not None else say("none"), say("The middle margin")),
        ]

    @property
    def formula(self) -> list[Any]:
        return [formula.SAYS, formula.WHERE_NOT_TOLD, formula.RANKED_ARE]

    @property
    def version(self) -> int:
        return formula.FORMULA


def ranking_page(request: SignedRequest) -> HttpResponse:
    form = RankingForm(request.GET or {"show": SIZES[0]})
    return render(request, "keyaccounts/plan_ranking.html", {"page": RankingPage(request.user, form), "form": form})


def risks_page(request: SignedRequest) -> HttpResponse:
    return render(request, "keyaccounts/plan_risks.html", {"page": risk_list(request)})
