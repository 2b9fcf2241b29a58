"""What the outgoing mails may be narrowed to."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from acr_program.jobs.models import State
from acr_program.ui.filters import FilterSet, Search

from .choices import WAITING
from .models import Message
from .tables import COURSES, WORDS

STATES = [*WORDS.items(), *((course.value, COURSES[course]) for course in WAITING)]


class MessageFilter(FilterSet):
    search = Search(over=["subject", "address"], label=_("Subject or address"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, empty_label=_("Any"), method="of_state")

    class Meta:
        model = Message
        fields: list[str] = []

    def of_state(self, rows: QuerySet[Message], _name: str, value: str) -> QuerySet[Message]:
        """What waits for the digest or for somebody's word waits, and is found by itself as well."""
        return rows.filter(state=State.QUEUED, course=value) if value in WAITING else rows.filter(state=value)
