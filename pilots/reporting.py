"""The report of a wave for its sponsors: a PDF that a worker draws, ready among one's messages."""

from __future__ import annotations

from typing import IO, Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from acr_program.exports.actions import ask
from acr_program.exports.models import Export, Format
from acr_program.jobs.errors import PermanentError
from acr_program.people.models import User
from acr_program.render import client
from acr_program.ui import shell
from acr_program.workflow.book import reading

from .choices import CandidateStatus
from .models import PilotWave
from .pages.feedback_page import FeedbackPage
from .pages.wave_page import WavePage

REPORT = "pilot-report"


def ask_report(wave: PilotWave, person: User) -> Export:
    title = _("Report on %(wave)s") % {"wave": wave.name}
    return ask({
        "person": person, "list_name": REPORT, "title": title[:120], "query": urlencode({"wave": wave.pk}),
        "kind": Format.PDF,
    })  # fmt: skip


def write_report(export: Any, file: IO[bytes]) -> int:
    """Looked at again: hours may lie between the click and the worker."""
    asked = QueryDict(export.query)
    wave = PilotWave.objects.visible_to(export.person).for_page().filter(pk=asked.get("wave") or 0).first()
    if wave is None:
        raise PermanentError(_("This wave is not yours to see any more, so nothing was written."))
    with reading():
        html = as_html(wave, export.person)
    file.write(client.render({"report": html}).files["report"])
    return 1


def as_html(wave: PilotWave, person: User) -> str:
    """What stands in it: the wave's own page and its feedback, on paper."""
    said: dict[str, Any] = {"of": wave, "page": WavePage(wave, person), "feedback": FeedbackPage(wave, person)}
    left = wave.candidates.filter(status=CandidateStatus.WITHDRAWN, started_on__isnull=False).for_page().order_by("pk")
    said |= {"company": shell.company(), "findings": wave.findings.for_page().order_by("pk"), "left": left}
    return render_to_string("pdf/pilots.html", said)
