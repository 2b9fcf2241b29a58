"""The lists of the reviews, by name."""

from __future__ import annotations

from django.db.models import IntegerField, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.marks import marked
from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ENOUGH, ListPage
from acr_program.workflow.ages import with_since

from .choices import ApprovalStatus
from .filters import DeviationFilter, FollowUpFilter, PrintOrderFilter, RequestFilter, SectionFilter
from .models import Deviation, FollowUp, InformationRequest, PrintOrder, ReviewRequest, Section, TemplateVersion
from .pages import approval_page, contribution_page, deviation_page, follow_up_page, print_order_page
from .pages.holders import with_holders
from .tables import SECTIONS, TEMPLATES, requests_for
from .tables_approvals import DECIDED, TO_APPROVE


@known_list("requests", _("Requests"), page="reviews:requests")
def request_list(request: SignedRequest) -> ListPage:
    """Every request this person may see, filtered and sorted."""
    rows = with_since(with_holders(ReviewRequest.objects.visible_to(request.user).for_list(), request.user))
    rows = marked(rows, "account_id")
    return ListPage(request, RequestFilter(request.GET, queryset=rows, request=request), requests_for(request.user))


@known_list("sections", _("My sections"), page="reviews:contributions", views=False)
def section_list(request: SignedRequest) -> ListPage:
    """What was answered; what still waits stands above it, as a queue."""
    return ListPage(request, with_since(contribution_page.asked_of(request.user)), contribution_page.ANSWERED)


@known_list("all-sections", _("Sections"), page="reviews:all-sections")
def every_section(request: SignedRequest) -> ListPage:
    """What is asked of everybody, for the office, which reads it."""
    rows = with_since(InformationRequest.objects.visible_to(request.user).for_page())
    return ListPage(request, SectionFilter(request.GET, queryset=rows, request=request), SECTIONS)


@known_list("approvals", _("Approvals"), page="reviews:approvals", views=False)
def approval_list(request: SignedRequest) -> ListPage:
    """What was decided; what waits for a word stands above it, as queues."""
    decided = approval_page.asked_of(request.user).exclude(status=ApprovalStatus.PENDING)
    return ListPage(request, with_since(decided), DECIDED)


@known_list("to-approve", _("Approve several"), page="reviews:approve-many", views=False)
def to_approve(request: SignedRequest) -> ListPage:
    """What waits for this person's word now, to be ticked."""
    return ListPage(request, with_since(approval_page.turn_of(request.user)), TO_APPROVE)


@known_list("deviations", _("Deviations"), page="reviews:deviations")
def deviation_list(request: SignedRequest) -> ListPage:
    """Where reviews leave the standard, newest first: every one that was ever proposed (R-03)."""
    rows = with_since(Deviation.objects.visible_to(request.user).for_list())
    found = DeviationFilter(request.GET, queryset=rows, request=request)
    return ListPage(request, found, deviation_page.DEVIATIONS)


@known_list("follow-ups", _("Follow-ups"), page="reviews:follow-ups")
def follow_up_list(request: SignedRequest) -> ListPage:
    """What was undertaken for the customers this person sees, and what is theirs to do."""
    rows = with_since(FollowUp.objects.visible_to(request.user).for_list())
    return ListPage(request, FollowUpFilter(request.GET, queryset=rows, request=request), follow_up_page.TABLE)


@known_list("print-orders", _("Print orders"), page="reviews:print-orders")
def print_order_list(request: SignedRequest) -> ListPage:
    """Every order for print of the reviews this person sees (R-18)."""
    rows = with_since(PrintOrder.objects.visible_to(request.user).for_list())
    return ListPage(request, PrintOrderFilter(request.GET, queryset=rows, request=request), print_order_page.TABLE)


@known_list("templates", _("Template"), page="reviews:templates", views=False)
def template_list(request: SignedRequest) -> ListPage:
    """Every version, with how many sections it has and how many reviews keep it."""
    versions = TemplateVersion.objects.visible_to(request.user).annotate(
        section_count=counted(Section), kept_by=counted(ReviewRequest)
    )
    return ListPage(request, versions, TEMPLATES)


class Counted(Subquery):
    """How many rows there are of those that a subquery finds."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS found)"


def counted(model: type[Section] | type[ReviewRequest], by: str = "template") -> Counted:
    """How many rows of this model name the version, to one past a thousand."""
    rows = model._default_manager.filter(**{by: OuterRef("pk")}).order_by().values("pk")
    return Counted(rows[: ENOUGH + 1], output_field=IntegerField())
