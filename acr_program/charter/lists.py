"""The lists of the charter, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage
from acr_program.workflow.ages import with_since

from .filters import InquiryFilter
from .models import Inquiry
from .tables import QUESTIONS


@known_list("questions", _("Questions"), page="charter:questions")
def question_list(request: SignedRequest) -> ListPage:
    """What the program office is asked, newest first: all of it for the office, their own for everybody else (R-07)."""
    rows = with_since(Inquiry.objects.visible_to(request.user).for_page())
    return ListPage(request, InquiryFilter(request.GET, queryset=rows, request=request), QUESTIONS)
