"""The list of the versions of the process."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.people.requests import SignedRequest
from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage
from acr_program.workflow.ages import age_column, with_since

from .lists import counted
from .models import ProcessVersion, ReviewRequest
from .tables import kept_by


def numbered(process: Any) -> str:
    return _("Version %(number)d") % {"number": process.number}


VERSIONS = Table(
    columns=[
        Column("number", gettext_lazy("Version"), value=numbered, link=True),
        Column("status", gettext_lazy("State")),
        age_column(lambda process: "neutral"),
        Column("kept_by", gettext_lazy("Reviews bound to it"), value=kept_by, num=True),
    ],
    sorts=[Sort("newest", gettext_lazy("newest"), "-number", "-id")],
    noun=(gettext_lazy("version"), gettext_lazy("versions")),
)


@known_list("process-versions", gettext_lazy("Versions of the process"), page="reviews:process-versions", views=False)
def version_list(request: SignedRequest) -> ListPage:
    """Every version, with how many reviews are bound to it."""
    versions = ProcessVersion.objects.visible_to(request.user).annotate(kept_by=counted(ReviewRequest, "process"))
    return ListPage(request, with_since(versions), VERSIONS)
