"""A plan as the customer reads it, by a signed link and without an account; looking is harmless (N4.7, N7.5 to N7.7, rule 7).

The page is drawn from the version that was shared, through `public_lines` alone: what no kind declares as public is not in it.
Beside it stand what was agreed since, the published team card, and what the customer itself proposed with our answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from acr_program.links.errors import LinkRefused
from acr_program.links.models import Link
from acr_program.links.pages import kept_secret
from acr_program.people.models import User
from acr_program.workflow.errors import Refused

from ..choices_plan import PlanStatus, Subject
from ..choices_value import Way
from ..models import AccountPlan, PlanConfirmation, PlanSnapshot, Proposal
from ..pages.statements import NotOpen
from .communication_figures import KEY as FIGURES
from .communication_figures import KeyFigure, agree, figures_of
from .communication_team import Entry, card_of, for_customer
from .communication_words import PlanLine, words_of
from .confirming import PURPOSE, confirm
from .content import label_of, public_lines, worded
from .forms import ConfirmForm
from .kinds import Kind

PROPOSALS = 50  # so many of the newest are shown


@dataclass(frozen=True)
class Row:
    """One line as the customer reads it; `key` names it where it is said in other words, and is empty where it cannot be."""

    cells: list[tuple[str, str]]
    key: str


@dataclass(frozen=True)
class Table:
    """One kind of rows as the customer reads it; `new` names one more of it."""

    title: str
    heads: list[str]
    rows: list[Row]
    new: str


@dataclass(frozen=True)
class Section:
    """What belongs to one of the four, and who confirmed it."""

    subject: Subject | None
    tables: list[Table]
    confirmed: PlanConfirmation | None

    @property
    def says_nothing(self) -> bool:
        return not any(one.rows for one in self.tables)


@dataclass(frozen=True)
class Shown:
    """The version behind a token."""

    link: Link
    plan: AccountPlan
    version: PlanSnapshot
    token: str

    @property
    def account(self) -> str:
        return str(self.version.content["account"])

    @property
    def manager(self) -> User | None:
        return self.plan.waiter

    @cached_property
    def said(self) -> dict[str, PlanConfirmation]:
        return {one.subject: one for one in self.version.confirmations.all()}

    @cached_property
    def sections(self) -> list[Section]:
        said = self.said
        found = [Section(one, tables_of(self.version.content, one), said.get(one)) for one in Subject]
        rest = [one for one in tables_of(self.version.content, "", without=(FIGURES,)) if one.rows]
        return [*found, *([Section(None, rest, None)] if rest else [])]

    @cached_property
    def figures(self) -> list[KeyFigure]:
        """By what both sides see how it goes, and when the customer agreed to each (N7.7)."""
        return figures_of(self.plan, self.version.content)

    @cached_property
    def team(self) -> list[Entry]:
        """The team card that was published, as far as it is meant for the customer (N7.5)."""
        card = card_of(self.plan)
        return for_customer(card.content) if card else []

    @cached_property
    def proposals(self) -> list[Proposal]:
        """What the customer proposed, and what we answered (feature 78)."""
        return list(Proposal.objects.filter(plan=self.plan).order_by("-pk")[:PROPOSALS])

    @cached_property
    def open(self) -> list[str]:
        waits = self.plan.status == PlanStatus.SHARED
        return [one for one in Subject.values if one not in self.said] if waits else []

    @property
    def open_figures(self) -> list[KeyFigure]:
        return [one for one in self.figures if one.agreed_on is None]


def tables_of(content: Any, subject: str, without: tuple[str, ...] = ()) -> list[Table]:
    """The kinds of one subject that say something, or to which the customer may add something."""
    found = []
    for kind, lines in public_lines(content):
        if kind.subject != subject or kind.key in without:
            continue
        field = words_of(kind)
        rows = [Row(cells_of(kind, row), PlanLine(kind, pk, "").key if field else "") for pk, row in lines]
        new = PlanLine(kind, None, "").key if field else ""
        if rows or new:
            heads = [capfirst(label_of(kind.key, name)) for name in kind.public]
            found.append(Table(str(kind.title), [*heads, *([_("In your words")] if field else [])], rows, new))
    return found


def cells_of(kind: Kind, row: Any) -> list[tuple[str, str]]:
    return [(capfirst(label_of(kind.key, name)), worded(kind.key, name, row[name])) for name in kind.public]


def shown_of(token: str) -> Shown:
    """The version of this token; looking changes nothing. Raises NotOpen."""
    link = Link.known(token, PURPOSE)
    if link is None:
        raise NotOpen("unknown")
    plan = AccountPlan.objects.for_page().filter(pk=link.object_id).first()
    version = plan.snapshots.order_by("-number").first() if plan else None
    if plan is None or version is None or plan.status == PlanStatus.ARCHIVED:
        raise NotOpen("over")
    try:
        link.refuse_if_closed()
    except LinkRefused as refused:
        raise NotOpen(refused.reason) from None
    return Shown(link, plan, version, token)


def page(request: HttpRequest, token: str) -> HttpResponse:
    """Kept nowhere, told to no other site, refused in a sentence."""
    try:
        found = shown_of(token)
        response = answered(request, found) if request.method == "POST" else draw(request, found)
    except NotOpen as refused:
        response = render(request, "keyaccounts/value_closed.html", {"refused": refused}, status=refused.status)
    kept_secret(response)
    return response


def answered(request: HttpRequest, found: Shown) -> HttpResponse:
    """What is ticked is confirmed once; the rest stays open, and the link as well."""
    form = ConfirmForm(request.POST, open_=None, figures=found.figures)
    if not form.is_valid():
        return draw(request, found, form, HTTPStatus.BAD_REQUEST)
    said = dict(form.cleaned_data)
    keys = [int(key) for key in said.pop("figures", [])]
    try:
        with transaction.atomic():
            if keys:
                agree(found.plan, found.version, keys, who=said["who"])
            if said["subjects"]:
                confirm(found.plan, by=User.objects.customer(), how=Way.LINK, number=found.version.number, **said)
    except Refused:  # somebody was faster, or the plan moved on: what stands there now says so
        pass
    return redirect("keyaccounts:plan-by-link", found.token)


def draw(request: HttpRequest, found: Shown, form: ConfirmForm | None = None, status: int = 200) -> HttpResponse:
    context = {"shown": found, "token": found.token, "form": form or confirm_form(found)}
    return render(request, "keyaccounts/plan_by_link.html", context, status=status)


def confirm_form(found: Shown) -> ConfirmForm:
    return ConfirmForm(open_=found.open, figures=found.open_figures)
