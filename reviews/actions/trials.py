"""Trials of a template: asked for, and forgotten after a while."""

from __future__ import annotations

from datetime import time, timedelta

from django.db.models import ProtectedError
from django.utils.timezone import now

from accounts.models import Account
from acr_program.files.models import StoredFile
from acr_program.jobs.clock import duty
from acr_program.jobs.models import State
from acr_program.people.models import User

from ..models import TemplateVersion, Trial

KEPT = timedelta(days=14)


def try_on(template: TemplateVersion, account: Account, *, by: User) -> Trial:
    """Ask for a rendering of the version as it stands now; one that lies ready or is under way is not asked for twice."""
    same = Trial.objects.filter(template=template, at_version=template.version, account=account)
    found = same.exclude(state=State.FAILED).exclude(state=State.DONE, file=None).order_by("-pk").first()
    if found:
        return found
    trial = Trial.objects.create(template=template, at_version=template.version, account=account, asked_by=by)
    trial.ring()
    return trial


@duty("trials.clean", at=time(4, 40))
def clean(_moment: object = None) -> int:
    """Files of two weeks ago go; that the version rendered then is kept."""
    old = Trial.objects.filter(file__isnull=False, done_at__lt=now() - KEPT)
    files = set(old.values_list("file", flat=True))
    old.update(file=None)
    for file in StoredFile.objects.filter(pk__in=files).exclude(pk__in=Trial.objects.exclude(file=None).values("file")):
        try:
            file.delete()
        except ProtectedError:
            continue  # the same bytes are somebody else's too
    return len(files)
