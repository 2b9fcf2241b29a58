"""The lists of star performers and of what their meetings taught, by name."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage
from acr_program.workflow.ages import with_since

from .choices_library import TouchKind, TouchStatus
from .filters_voices import LessonFilter, StarFilter
from .models import StarPerformer, TouchPoint
from .tables_voices import LESSONS, STARS


@known_list("stars", _("Star performers"), page="reviews:stars")
def star_list(request: SignedRequest) -> ListPage:
    """Everybody who was ever nominated, newest first, as far as this person sees them."""
    rows = with_since(StarPerformer.objects.visible_to(request.user).for_page())
    return ListPage(request, StarFilter(request.GET, queryset=rows, request=request), STARS)


@known_list("lessons", _("Lessons"), page="reviews:lessons")
def lesson_list(request: SignedRequest) -> ListPage:
    """What star performers' meetings taught, quarter by quarter, and whether anything was made of it."""
    said = TouchPoint.objects.visible_to(request.user).filter(kind=TouchKind.STAR, status=TouchStatus.ANSWERED)
    rows = said.for_page().annotate(suggested=Count("suggestions"))
    return ListPage(request, LessonFilter(request.GET, queryset=rows, request=request), LESSONS)
