"""What happened with a request and its parts, newest first, each in a sentence after the name of whoever did it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from acr_program.ui.parts import Happening
from acr_program.workflow.log import LogEntry
from acr_program.workflow.words import done_as, took_back
from reviews.models import Approval, Document, InformationRequest, ReviewRequest

MOST = 200
SAYS = {
    "reviewrequest": {
        "create": _("began the request"),
        "edit": _("edited the request"),
        "submit": _("submitted the request"),
        "recall": _("took the request back"),
        "send_back": _("sent the request back"),
        "accept": _("accepted the request"),
        "start_compiling": _("started compiling"),
        "request_approval": _("asked for approval"),
        "ask_for_changes": _("took it out of approval"),
        "rework": _("took it back to compiling"),
        "approve_all": _("noted that all have approved"),
        "send_to_print": _("sent it to print"),
        "deliver_digital": _("sent the customer the link"),
        "ship": _("entered the shipment"),
        "confirm_delivery": _("confirmed the delivery"),
        "hold_meeting": _("said that the meeting was held"),
        "close": _("closed the review"),
        "reopen": _("reopened the review"),
        "cancel": _("cancelled the review"),
    },
    "informationrequest": {
        "create": _("asked for “%(of)s”"),
        "edit": _("edited “%(of)s”"),
        "submit": _("submitted “%(of)s”"),
        "recall": _("took “%(of)s” back"),
        "accept": _("accepted “%(of)s”"),
        "reconsider": _("reads “%(of)s” again"),
        "send_back": _("sent “%(of)s” back"),
        "waive": _("waived “%(of)s”"),
        "ask_again": _("asked for “%(of)s” after all"),
        "withdraw": _("withdrew “%(of)s”"),
    },
    "document": {
        "create": _("compiled version %(of)s"),
        "rendered": _("rendered version %(of)s"),
        "failed": _("could not render version %(of)s"),
        "render_again": _("had version %(of)s rendered again"),
        "seal": _("sealed version %(of)s"),
        "void": _("made version %(of)s void"),
    },
    "approval": {
        "create": _("asked %(of)s to approve"),
        "approve": _("approved"),
        "ask_for_changes": _("asked for changes"),
        "withdraw": _("withdrew an approval"),
        "lapse": _("let the approval of %(of)s lapse"),
    },
}


def log_of(request: ReviewRequest, parts: dict[type[Any], dict[int, str]]) -> list[LogEntry]:
    """The entries of the request and of its parts, newest first, in one query; `parts` names them by model and key."""
    kinds = ContentType.objects.get_for_models(ReviewRequest, InformationRequest, Document, Approval)
    wanted = Q(content_type=kinds[ReviewRequest], object_id=request.pk)
    for model, names in parts.items():
        if names:
            wanted |= Q(content_type=kinds[model], object_id__in=list(names))
    return list(LogEntry.objects.filter(wanted).for_timeline()[:MOST])


def own(log: Iterable[LogEntry]) -> list[LogEntry]:
    """The entries of the request itself."""
    return [entry for entry in log if entry.content_type.model == ReviewRequest._meta.model_name]


def happenings(log: Iterable[LogEntry], parts: dict[type[Any], dict[int, str]]) -> list[Happening]:
    names = {(model._meta.model_name, pk): name for model, known in parts.items() for pk, name in known.items()}
    return [
        Happening(
            by_name=entry.by_name,
            sentence=sentence(entry, names.get((entry.content_type.model, entry.object_id), "")),
            at=entry.at,
            tone=entry.tone,
            kind=entry.kind,
            comment=entry.comment,
        )
        for entry in log
    ]


def sentence(entry: LogEntry, name: str) -> str:
    """What was done, with the part it was done to; of an edit, which fields."""
    model, step = entry.content_type.model, entry.undoes or entry.step
    said = SAYS.get(model, {}).get(step)
    words = str(said) % {"of": name} if said else done_as(entry.content_type, step)
    changed = fields_changed(entry) if step == "edit" else ""
    words = f"{words}: {changed}" if changed else words
    return took_back(words) if entry.undoes else words


def fields_changed(entry: LogEntry) -> str:
    model = entry.content_type.model_class()
    detail = getattr(entry, "detail", None)
    if model is None or detail is None:
        return ""
    known = {f.name: str(getattr(f, "verbose_name", f.name)) for f in model._meta.get_fields()}
    return ", ".join(known.get(name, name) for name in detail.data.get("changed", {}))
