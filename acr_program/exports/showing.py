"""Where exports are seen: the files that lie ready for a person, and what the office watches."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.desk.glances import Glance, glance
from acr_program.desk.handed import hand
from acr_program.desk.watches import watch
from acr_program.jobs.models import State
from acr_program.people.models import User
from acr_program.people.roles import overseers
from acr_program.ui import nav
from acr_program.ui.parts import Waiting
from acr_program.ui.phrases import day, moment, number

from .models import Export, Format

SHOWN = 20


def files_for(user: User) -> list[Waiting]:
    """What was asked for by this person, newest first: one query."""
    return [row_of(export) for export in Export.objects.files_of(user)[:SHOWN]]


def row_of(of: Export) -> Waiting:
    """A file that is being written, lies ready, or could not be written, in a sentence."""
    if of.state == State.FAILED:
        return Waiting(str(of), reverse("desk:messages"), moment(of.created_at), of.error, "bad")
    if of.file_id is None:
        words = _("is being written; look here again in a minute")
        if of.so_far:
            words = _("is being written: %(percent)d %% so far") % {"percent": of.so_far}
        return Waiting(str(of), reverse("desk:messages"), moment(of.created_at), words, "info")
    whole = of.kind in (Format.ZIP, Format.PDF)
    known = _("whole, here until %(day)s") if whole else _("%(rows)s rows, here until %(day)s")
    words = known % {"rows": number(of.rows), "day": day(of.gone_on)}
    url = reverse("exports:file", args=[of.pk])
    return Waiting(str(of), url, moment(of.created_at), words, "good", _("Download"))


def ready(user: User) -> Glance | None:
    """On Today: a file of mine lies ready, or is on its way."""
    rows = files_for(user)
    return Glance("exports/ready.html", {"rows": rows}, beside=True) if rows else None


def register() -> None:
    from . import actions, lists  # noqa: F401 (a duty of the clock, and a list by name)

    hand(files_for)
    glance(ready)
    watch("exports", gettext_lazy("Mass exports"), Export.objects.mass, "exports:log", query="mass=on", tone="warn")
    nav.entry(gettext_lazy("Exports"), "exports:log", "download", "office", order=60, visible=overseers)
