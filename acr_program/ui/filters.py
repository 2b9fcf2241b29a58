"""Filters of a list: a GET form through <c-field>, each active one a chip that takes it off again.

    class RequestFilter(FilterSet):
        status = django_filters.ChoiceFilter(label=_("State"), choices=RequestStatus.choices)
        class Meta:
            model = ReviewRequest
            fields = []

In the view `RequestFilter(request.GET, queryset=…, request=request)`; hand it to ListPage, which draws the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Base
from acr_program.ui.phrases import day

BESIDE = {"sort", "page", "view"}  # what else an address of a list may say
ENDS = ("", "_min", "_max", "_after", "_before", "_0", "_1")  # what a range adds to its name in the address


class FilterForm(Base, forms.Form):
    """The form behind a filter set: nothing is required, ids keep clear of other forms on the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "f-%s"
        super().__init__(*args, **kwargs)


@dataclass(frozen=True)
class Chip:
    """One active filter in words, and the address without it."""

    label: Any
    value: str
    url: str


class Lost(NamedTuple):
    """A filter that means nothing here any more, and the address without it."""

    label: Any
    value: Any
    url: str


class Search(django_filters.CharFilter):
    """One box over several columns: Search(over=["number", "account__name"])."""

    def __init__(self, *, over: Iterable[str], **kwargs: Any) -> None:
        self.over = list(over)
        kwargs.setdefault("label", _("Search"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "search"}))
        super().__init__(**kwargs)

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        for word in (value or "").split()[:8]:
            anywhere = Q()
            for column in self.over:
                anywhere |= Q(**{f"{column}__icontains": word})
            qs = qs.filter(anywhere)
        return qs


class FilterSet(django_filters.FilterSet):
    """The base of every list's filters."""

    carries: tuple[str, ...] = ("sort",)  # what else the address says that stays when the filters change

    @property
    def carried(self) -> list[tuple[str, str]]:
        said = self.request.GET if self.request else {}
        return [(name, said[name]) for name in self.carries if said.get(name)]

    def get_form_class(self) -> type[forms.Form]:
        fields = {name: filter_.field for name, filter_ in self.filters.items()}
        return type(f"{type(self).__name__}Form", (FilterForm,), fields)

    @property
    def wide(self) -> list[str]:
        """Names of the fields that get more room."""
        return [name for name, filter_ in self.filters.items() if isinstance(filter_, Search)]

    @cached_property
    def lost(self) -> list[Lost]:
        """Filters that mean nothing here any more, by value or, in a kept view, by name."""
        if not self.is_bound:
            return []
        data = self.form.data
        wrong = [
            Lost(self.form.fields[name].label, " ".join(data.getlist(name)) or _("two ends"), self.without(name))
            for name in self.form.errors
            if name in self.form.fields
        ]
        known = {f"{name}{end}" for name in self.filters for end in ENDS} | BESIDE
        strange = [word for word in data if data.get("view") and data.get(word) and word not in known]
        return [*wrong, *(Lost(word, data.get(word), self.without(word)) for word in strange)]

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """A filter that cannot be followed shows nothing, and says so: everything would be taken for its answer."""
        return queryset.none() if self.lost else super().filter_queryset(queryset)

    @cached_property
    def chips(self) -> list[Chip]:
        """What the list is narrowed to."""
        if not self.is_bound or not self.request:
            return []
        self.form.is_valid()
        given = getattr(self.form, "cleaned_data", {})
        return [
            Chip(self.form.fields[name].label, self.words(name, value), self.without(name))
            for name, value in given.items()
            if name in self.filters and not empty(value)
        ]

    def words(self, name: str, value: Any) -> str:
        """A chosen value as the form's own options call it."""
        if isinstance(value, Model | str | bool | date):
            return self.word(name, value)
        if isinstance(value, slice):
            return " – ".join(self.word(name, end) for end in (value.start, value.stop) if end)
        if isinstance(value, Iterable):
            return ", ".join(self.word(name, one) for one in value)
        return self.word(name, value)

    def word(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if isinstance(value, date):
            return day(value)
        options = getattr(self.form.fields[name], "choices", None)
        known = {} if options is None or isinstance(value, Model) else {str(k): str(v) for k, v in flat(options)}
        return known.get(str(value), str(value))

    def without(self, *names: str) -> str:
        """The list's address with these filters taken off, at its first page."""
        query = self.request.GET.copy()
        for word in list(query):
            if word.endswith("page") or any(word.removeprefix(name) in ENDS for name in names if word.startswith(name)):
                del query[word]
        return f"{self.request.path}?{query.urlencode() or all_of(self.request)}"

    @property
    def clear_url(self) -> str:
        return self.without(*self.filters)


def all_of(request: Any) -> str:
    """What the address of the whole list says where the list would open with a view: that no view is meant."""
    return "view=" if getattr(request, "opens_with_view", False) else ""


def empty(value: Any) -> bool:
    if isinstance(value, slice):
        return value.start is None and value.stop is None
    if isinstance(value, QuerySet):
        return not value.exists()
    return value is None or value == "" or value == []


def flat(options: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    """Options without their groups."""
    for key, label in options:
        yield from label if isinstance(label, list | tuple) else [(key, label)]
