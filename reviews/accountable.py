"""What the reviews tell the charter: the steps of the process, who delivered how many, who is ready to hold a meeting."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.charter.choices import Audience, TrainingStatus
from acr_program.charter.hung import counted_by, process_is
from acr_program.charter.models import Program, ProgramYear, Training, TrainingAssignment
from acr_program.people.models import User
from acr_program.ui.parts import Fragment
from acr_program.ui.phrases import names
from acr_program.workflow.registry import explain, panel

from .choices import RequestStatus
from .models import Meeting, ProcessVersion, ReviewRequest
from .pages.process_step import explained
from .readiness import Check
from .readiness import register as register_check

DELIVERED = (RequestStatus.DELIVERED, RequestStatus.MET, RequestStatus.CLOSED)
SETTLED = (TrainingStatus.COMPLETED, TrainingStatus.WAIVED)


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    process_is(ProcessVersion.objects.titles)
    panel(Program, panel_of_process)
    explain(explained)
    counted_by(delivered)
    register_check(Check("training", gettext_lazy("The representative has the training"), training_lacks))


def panel_of_process(program: Program, user: User) -> Fragment:
    """Which version of the process is in force, on the page of the program (R-02)."""
    return Fragment("reviews/process_of_program.html", {"process": ProcessVersion.objects.in_force()})


def delivered(year: ProgramYear) -> dict[int, int]:
    """How many documents of the year each representative has in their customers' hands (G-16)."""
    found = ReviewRequest.objects.filter(year=year, status__in=DELIVERED).order_by().values("rep")
    return dict(found.annotate(n=Count("pk")).values_list("rep", "n"))


def training_lacks(meeting: Meeting) -> str:
    """Which training the representative still lacks before they hold the meeting (R-27)."""
    return untrained(meeting.request.rep)


def untrained(rep: User) -> str:
    """Which training this representative needs before any meeting and lacks, in a sentence; one query (R-27)."""
    done: Any = TrainingAssignment.objects.filter(person=rep, status__in=SETTLED).values("training")
    needed = Training.objects.filter(before_meeting=True, audience__in=[Audience.FORCE, Audience.BOTH]).exclude(
        pk__in=done
    )
    lacking = list(needed.values_list("name", flat=True))
    return _("%(rep)s lacks: %(trainings)s.") % {"rep": rep.name, "trainings": names(lacking)} if lacking else ""
