"""What delivered documents carry, section by section: the list, what it shows, and what it can be narrowed to (R-06, M20)."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.desk.filters import Folded
from acr_program.people.requests import SignedRequest
from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.filters import FilterSet
from acr_program.ui.kept import gettext
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage
from acr_program.ui.phrases import day

from .choices import Audience
from .filters import ANY, known_options
from .models import Carried
from .pages.consistency import named
from .tokens import spoken

OPTIONS = """
    UNION ALL SELECT 'rep', CAST(id AS text), name FROM people_user
        WHERE id IN (SELECT person_id FROM people_rolegrant WHERE role = 'rep')
    UNION ALL SELECT 'template', CAST(id AS text), audience || ' ' || CAST(number AS text) FROM reviews_templateversion
"""
STANDARD, DEPARTS, LOCKED = "standard", "departs", "locked"


def said(row: Any) -> str:
    """What it says: the standard, in which revision, or which deviation."""
    if row.deviation:
        return gettext("Deviation %(n)d") % {"n": row.deviation_id}
    return gettext("Standard, revision %(n)d") % {"n": row.revision.number} if row.revision else gettext("Standard")


def allowed(row: Any) -> str:
    """Who allowed it and when; of the standard nobody had to."""
    if not row.allowed_by:
        return ""
    return gettext("%(name)s, %(day)s") % {"name": row.allowed_by, "day": day(localdate(row.allowed_at))}


TABLE = Table(
    columns=[
        Column("document", _("Customer"), "document.request.account.name", link=True,
               sub=lambda row: f"{row.document.request.year.label} · {row.document.request.get_audience_display()}"),
        Column("section", _("Section"), lambda row: spoken(row.section.title)),
        Column("template", _("Template"), lambda row: str(row.section.template)),
        Column("said", _("What it says"), said),
        Column("allowed", _("Allowed by"), allowed, empty=_("nobody had to")),
        Column("reason", _("Why"), lambda row: row.deviation.reason if row.deviation else "", whole=True, empty=""),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("section"), _("sections")),
    also=[
        Column("number", _("Document"), lambda row: f"R{row.document.request_id}-{row.document.number}"),
        Column("unit", _("Business unit"), "document.request.business_unit"),
        Column("rep", _("Sales representative"), "document.request.rep.name"),
        Column("locked", _("Locked"), lambda row: gettext("yes") if row.locked else gettext("no")),
    ],
)  # fmt: skip


class ConsistencyFilter(FilterSet):
    """Any set of delivered documents, and of them what departs."""

    q = Folded(field_name="document__request__search")
    year = django_filters.ChoiceFilter(label=_("Year"), field_name="document__request__year", empty_label=ANY)
    audience = django_filters.ChoiceFilter(
        label=_("Audience"), field_name="document__request__audience", choices=Audience.choices, empty_label=_("Either")
    )
    unit = django_filters.ChoiceFilter(
        label=_("Business unit"), field_name="document__request__business_unit", empty_label=ANY
    )
    rep = django_filters.ChoiceFilter(
        label=_("Sales representative"), field_name="document__request__rep", empty_label=ANY
    )
    template = django_filters.ChoiceFilter(label=_("Template"), field_name="section__template", empty_label=ANY)
    says = django_filters.ChoiceFilter(
        label=_("What it says"), method="by_words", empty_label=ANY,
        choices=[(DEPARTS, _("Departures")), (STANDARD, _("The standard")), (LOCKED, _("Locked sections"))],
    )  # fmt: skip

    class Meta:
        model = Carried
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = known_options(OPTIONS)
        self.filters["year"].extra["choices"] = sorted(options["year"], key=lambda pair: pair[1], reverse=True)
        self.filters["unit"].extra["choices"] = sorted(options["unit"])
        self.filters["rep"].extra["choices"] = sorted(options["rep"], key=lambda pair: pair[1])
        versions = [(pk, *label.split(" ")) for pk, label in options["template"]]
        versions.sort(key=lambda version: (version[1], -int(version[2])))
        self.filters["template"].extra["choices"] = [(pk, named(readers, int(n))) for pk, readers, n in versions]

    def by_words(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == LOCKED:
            return qs.filter(locked=True)
        return qs.filter(locked=False, deviation__isnull=value == STANDARD)


@known_list("consistency", _("Consistency"), page="reviews:consistency")
def carried_list(request: SignedRequest) -> ListPage:
    """Every section of standard text that delivered documents carry, of the reviews this person sees."""
    rows = Carried.objects.visible_to(request.user).delivered().for_list()
    rows = rows.select_related("document__request__rep")
    return ListPage(request, ConsistencyFilter(request.GET, queryset=rows, request=request), TABLE)
