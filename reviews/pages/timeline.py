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
from reviews.models import ReviewRequest

MOST = 200
SAYS = {
    "reviewrequest": {
        "create": _("began the request"),
        "edit": _("edited the request"),
        "submit": _("submitted the request"),
        "recall": _("took the request back"),
        "send_back": _("sent the request back"),
        "accept": _("accepted the request"),
        "upgrade": _("took the newer template"),
        "upgrade_in_rework": _("took the newer template"),
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
    "deviation": {
        "create": _("proposed another text for “%(of)s”"),
        "allow": _("allowed another text for “%(of)s”"),
        "refuse": _("refused another text for “%(of)s”"),
        "withdraw": _("withdrew another text for “%(of)s”"),
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
    "meeting": {
        "create": _("opened the plan of the meeting"),
        "edit": _("changed the meeting"),
        "hold": _("recorded the meeting"),
        "cancel": _("cancelled the meeting"),
    },
    "printorder": {
        "create": _("ordered copies"),
        "send": _("handed the order over"),
        "printed": _("said that it is printed"),
        "ship": _("entered the shipment"),
        "deliver": _("said that the copies arrived"),
        "fail": _("said what went wrong"),
        "try_again": _("had it handed over again"),
        "change": _("changed the order"),
        "recall": _("recalled the order"),
    },
    "followup": {
        "create": _("noted what was undertaken"),
        "start": _("started on it"),
        "finish": _("said that it is done"),
        "hand_over": _("handed it over"),
        "drop": _("dropped it"),
        "reopen": _("reopened it"),
    },
    "customerfeedback": {
        "create": _("noted that the customer is to be asked"),
        "ask": _("asked the customer"),
        "remind": _("reminded the customer"),
        "answer": _("answered the five questions"),
        "void": _("made the customer’s answer void"),
        "lapse": _("closed the questions without an answer"),
    },
    "repfeedback": {
        "create": _("asked how the meeting went"),
        "give": _("said how the meeting went"),
        "suggest": _("suggested one more change"),
    },
    "revision": {
        "create": _("wrote it"),
        "edit": _("let it go stale"),
        "accept": _("accepted it"),
        "reject": _("rejected it"),
        "confirm": _("said that it still holds"),
        "supersede": _("replaced it by another"),
    },
    "touchpoint": {
        "create": _("planned the touch-point"),
        "ask": _("asked"),
        "confirm_unchanged": _("said that nothing has changed"),
        "report_change": _("said what has changed"),
        "answer": _("said what the meetings taught"),
        "lapse": _("closed the quarter without an answer"),
    },
    "starperformer": {
        "create": _("nominated a star performer"),
        "confirm": _("confirmed the nomination"),
        "decline": _("declined the nomination"),
        "end": _("ended the time as a star performer"),
    },
    "suggestion": {
        "create": _("suggested a change"),
        "adopt": _("adopted the suggestion"),
        "decline": _("declined the suggestion"),
    },
}


ALONG = {  # what goes along to the newer template, and is no edit of anybody's words
    "informationrequest": _("took “%(of)s” along to the newer template"),
    "deviation": _("took another text for “%(of)s” along to the newer template"),
}
FIELDS: dict[str, dict[str, Any]] = {  # as a sentence names them; what stands for nothing a reader knows is not named
    "meeting": {
        "at": _("the time"), "minutes": _("the length"), "zone": _("the time zone"), "link": _("the link to join"),
        "agenda": _("the agenda"), "outcome": _("the outcome"), "changed_at": "",
    },
}  # fmt: skip


def log_of(request: ReviewRequest, parts: dict[type[Any], dict[int, str]], most: int | None = MOST) -> list[LogEntry]:
    """The entries of the request and of its parts, newest first, in one query; `parts` names them by model and key."""
    kinds = ContentType.objects.get_for_models(ReviewRequest, *parts)
    wanted = Q(content_type=kinds[ReviewRequest], object_id=request.pk)
    for model, names in parts.items():
        if names:
            wanted |= Q(content_type=kinds[model], object_id__in=list(names))
    return list(LogEntry.objects.filter(wanted).for_timeline()[:most])


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
    if step == "edit" and model in ALONG and changed_in(entry) == {"section"}:
        words = str(ALONG[model]) % {"of": name}
    return took_back(words) if entry.undoes else words


def changed_in(entry: LogEntry) -> set[str]:
    """The names of the fields that an edit changed."""
    detail = getattr(entry, "detail", None)
    return set(detail.data.get("changed", {})) if detail else set()


def fields_changed(entry: LogEntry) -> str:
    model = entry.content_type.model_class()
    detail = getattr(entry, "detail", None)
    if model is None or detail is None:
        return ""
    known = {f.name: str(getattr(f, "verbose_name", f.name)) for f in model._meta.get_fields()}
    known |= FIELDS.get(entry.content_type.model, {})
    return ", ".join(str(words) for name in detail.data.get("changed", {}) if (words := known.get(name, name)))
