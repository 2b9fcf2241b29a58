"""What the outgoing mails may be narrowed to."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from acr_program.ui.filters import FilterSet, Search

from .models import Message
from .tables import WORDS


class MessageFilter(FilterSet):
    search = Search(over=["subject", "address"], label=_("Subject or address"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=list(WORDS.items()), empty_label=_("Any"))

    class Meta:
        model = Message
        fields: list[str] = []
