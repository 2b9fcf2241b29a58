"""A plan as the customer reads it, by a signed link and without an account; looking is harmless (N4.7, N7.5, N7.6, rule 7).

The page is drawn from the version that was shared, through `public_rows` alone: what no kind declares as public is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from acr_program.links.errors import LinkRefused
from acr_program.links.models import Link
from acr_program.links.pages import kept_secret
from acr_program.people.models import User
from acr_program.workflow.errors import Refused

from ..choices_plan import PlanStatus, Subject
from ..choices_value import Way
from ..models import AccountPlan, PlanConfirmation, PlanSnapshot
from ..pages.statements import NotOpen
from .confirming import PURPOSE, confirm
from .content import label_of, public_rows, worded
from .forms import ConfirmForm


@dataclass(frozen=True)
class Table:
    """One kind of rows as the customer reads it."""

    title: str
    heads: list[str]
    rows: list[list[tuple[str, str]]]


@dataclass(frozen=True)
class Section:
    """What belongs to one of the four, and who confirmed it."""

    subject: Subject | None
    tables: list[Table]
    confirmed: PlanConfirmation | None


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

    @property
    def said(self) -> dict[str, PlanConfirmation]:
        return {one.subject: one for one in self.version.confirmations.all()}

    @property
    def sections(self) -> list[Section]:
        said = self.said
        found = [Section(one, tables_of(self.version.content, one), said.get(one)) for one in Subject]
        rest = tables_of(self.version.content, "")
        return [*found, *([Section(None, rest, None)] if rest else [])]

    @property
    def open(self) -> list[str]:
        waits = self.plan.status == PlanStatus.SHARED
        return [one for one in Subject.values if one not in self.said] if waits else []


def tables_of(content: Any, subject: str) -> list[Table]:
    return [
        Table(
            str(kind.title), [label_of(kind.key, name) for name in kind.public],
            [[(label_of(kind.key, name), worded(kind.key, name, row[name])) for name in kind.public] for row in rows],
        )
        for kind, rows in public_rows(content, subject)
        if rows
    ]  # fmt: skip


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
    form = ConfirmForm(request.POST, open_=None)
    if not form.is_valid():
        return draw(request, found, form, HTTPStatus.BAD_REQUEST)
    try:
        with transaction.atomic():
            said = form.cleaned_data | {"number": found.version.number}
            confirm(found.plan, by=User.objects.customer(), how=Way.LINK, **said)
    except Refused:  # somebody was faster, or the plan moved on: what stands there now says so
        pass
    return redirect("keyaccounts:plan-by-link", found.token)


def draw(request: HttpRequest, found: Shown, form: ConfirmForm | None = None, status: int = 200) -> HttpResponse:
    context = {"shown": found, "token": found.token, "form": form or ConfirmForm(open_=found.open)}
    return render(request, "keyaccounts/plan_by_link.html", context, status=status)
