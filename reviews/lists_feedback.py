"""The lists of what was said after meetings, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage
from acr_program.workflow.ages import with_since

from .filters_feedback import FeedbackFilter, SuggestionFilter
from .models import CustomerFeedback, Suggestion
from .tables_feedback import FEEDBACK, SUGGESTIONS


@known_list("feedback", _("Customers’ feedback"), page="reviews:feedback")
def feedback_list(request: SignedRequest) -> ListPage:
    """Every customer who was or is to be asked, of the reviews this person sees, with what they said."""
    rows = CustomerFeedback.objects.visible_to(request.user).for_list()
    return ListPage(request, FeedbackFilter(request.GET, queryset=rows, request=request), FEEDBACK)


@known_list("suggestions", _("Suggestions"), page="reviews:suggestions")
def suggestion_list(request: SignedRequest) -> ListPage:
    """What people would change, newest first, wherever it came from, and what became of it (R-10)."""
    rows = with_since(Suggestion.objects.visible_to(request.user).for_page())
    return ListPage(request, SuggestionFilter(request.GET, queryset=rows, request=request), SUGGESTIONS)
