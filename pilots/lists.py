"""The lists of pilots, by name."""

from __future__ import annotations

from typing import Any

from django.db.models import Avg, Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage
from reviews.choices import RequestStatus
from reviews.models import ReviewRequest

from .choices import PILOTS
from .filters import CandidateFilter, FindingFilter, ManagerFilter
from .models import Finding, Judgement, ManagerProfile, PilotCandidate, PilotWave
from .tables import CANDIDATES, FINDINGS, MANAGERS, WAVES

DELIVERED = (RequestStatus.DELIVERED, RequestStatus.MET, RequestStatus.CLOSED)


@known_list("pilot-waves", _("Pilot waves"), page="pilots:waves", views=False)
def wave_list(request: SignedRequest) -> ListPage:
    pilots = Count("candidates", filter=Q(candidates__status__in=PILOTS))
    return ListPage(request, PilotWave.objects.visible_to(request.user).annotate(pilots=pilots), WAVES)


@known_list("pilot-candidates", _("Ranked candidates"), page="pilots:candidates", of="wave")
def candidate_list(request: SignedRequest, wave: PilotWave) -> ListPage:
    """Every candidate of the wave with its place and the reason for it (P-22)."""
    rows = PilotCandidate.objects.visible_to(request.user).filter(wave=wave).for_list()
    return ListPage(request, CandidateFilter(request.GET, queryset=rows.order_by(), request=request), CANDIDATES)


@known_list("pilot-findings", _("Findings of a wave"), page="pilots:findings", of="wave")
def finding_list(request: SignedRequest, wave: PilotWave) -> ListPage:
    rows = Finding.objects.visible_to(request.user).filter(wave=wave).for_page()
    return ListPage(request, FindingFilter(request.GET, queryset=rows.order_by(), request=request), FINDINGS)


@known_list("account-managers", _("Account managers"), page="pilots:managers")
def manager_list(request: SignedRequest) -> ListPage:
    """Everybody who manages accounts: skills, accounts, reviews delivered, ratings, pilots (P-21)."""
    return ListPage(request, ManagerFilter(request.GET, queryset=managers(request.user), request=request), MANAGERS)


def managers(user: User) -> Any:
    """Those whom this person sees: a leader their own people."""
    rows = User.objects.filter(grants__role=Role.REP, is_system=False, is_active=True)
    if not user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE):
        rows = rows.filter(reports_to__in=[user.pk, *user.stands_in_for])
    return with_profile(rows)


def with_profile(rows: Any) -> Any:
    """Each with skills and counts, in the same query."""
    of_person = {"rep": OuterRef("pk")}
    reviews = ReviewRequest.objects.filter(status__in=DELIVERED, **of_person).order_by().values("rep")
    rated = Judgement.objects.standing().filter(person=OuterRef("pk")).order_by().values("person")
    accounts = Account.objects.filter(manager=OuterRef("pk")).order_by().values("manager")
    pilots = PilotCandidate.objects.filter(manager=OuterRef("pk"), status__in=PILOTS).order_by().values("manager")
    return rows.annotate(
        skills=Subquery(ManagerProfile.objects.filter(person=OuterRef("pk")).values("skills")[:1]),
        accounts_held=Coalesce(Subquery(accounts.annotate(n=Count("pk")).values("n")), 0),
        reviews_held=Coalesce(Subquery(reviews.annotate(n=Count("pk")).values("n")), 0),
        rating=Subquery(rated.annotate(mean=Avg("score")).values("mean")),
        piloted=Coalesce(Subquery(pilots.annotate(n=Count("pk")).values("n")), 0),
    )
