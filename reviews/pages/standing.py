"""Where a request stands: what it asks of the reader, and who holds it since when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.desk.today import tone, when
from acr_program.people.models import User
from acr_program.ui.phrases import day, room, room_tone
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import Offer, next_step
from reviews.choices import ENDED
from reviews.choices import RequestStatus as S
from reviews.models import InformationRequest, ReviewRequest

STANDS = {
    S.DRAFT: gettext_lazy("A draft: nobody has been asked yet"),
    S.SUBMITTED: gettext_lazy("Submitted: the office looks at it"),
    S.RETURNED: gettext_lazy("Sent back: something is missing"),
    S.GATHERING: gettext_lazy("The sections are being written"),
    S.COMPILING: gettext_lazy("The document is being put together"),
    S.IN_APPROVAL: gettext_lazy("The leaders are reading it"),
    S.CHANGES_REQUESTED: gettext_lazy("A leader has asked for changes"),
    S.APPROVED: gettext_lazy("Approved: it goes out next"),
    S.PRINTING: gettext_lazy("The copies are being printed"),
    S.SHIPPED: gettext_lazy("The copies are on their way"),
    S.DELIVERED: gettext_lazy("The customer has it: the meeting comes next"),
    S.MET: gettext_lazy("The meeting was held"),
    S.CLOSED: gettext_lazy("This review is closed"),
    S.CANCELLED: gettext_lazy("This review was cancelled"),
}
SHOWN = 5
BACK = ("recall",)  # leads back, and not on


@dataclass(frozen=True)
class Held:
    """One thing that waits for somebody."""

    who: str
    since: str
    what: str
    url: str


@dataclass(frozen=True)
class Standing:
    """The head of a record page: title, how much time is left, who holds it, and what the reader may open."""

    title: str
    due: str
    tone: str
    note: str
    held: list[Held]
    more: int
    mine: list[Held]  # what waits for the reader on parts of the request
    line: str


def obligations_of(request: ReviewRequest, parts: dict[type[Any], dict[int, str]]) -> list[Obligation]:
    """What is open about the request and its parts, soonest first."""
    wanted = Q(content_type=ContentType.objects.get_for_model(ReviewRequest), object_id=request.pk)
    for model, names in parts.items():
        if names:
            wanted |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=list(names))
    return list(Obligation.objects.open().filter(wanted).select_related("person").order_by("due_at", "pk"))


def standing_of(
    request: ReviewRequest,
    user: User,
    offers: Sequence[Offer],
    waiting: Sequence[Obligation],
    sections: dict[int, str],
    listed: Collection[str] = (),
) -> Standing:
    """`sections` are the titles of what contributors write, by the key of what is wanted of them; what is `listed` on the
    page by its address, with whoever holds it, is not said twice.

    What the reader has to do stands on top in the words in which it was asked, and with the day by which, as on Today;
    for any other reader it is how things stand, and the room of the plan.
    """
    mine = [o for o in waiting if o.waits_for(user)]
    own = [o for o in mine if o.url == request.get_absolute_url()]
    on_parts = [o for o in mine if o.url != request.get_absolute_url()]
    left = request.room
    asked = next(iter([*on_parts, *own]), None)
    title = asked.what if asked else str(STANDS[S(request.status)])
    unlisted = [o for o in waiting if o.url not in listed]
    open_offers = [offer for offer in offers if not offer.danger and offer.name not in BACK]
    return Standing(
        title=title,
        due=when(asked) if asked else room(left) if left is not None else "",
        tone=tone(asked) if asked else room_tone(left),
        note=note_of(request, left),
        held=[held(o, title, sections, user) for o in unlisted[:SHOWN]],
        more=max(len(unlisted) - SHOWN, 0),
        mine=[held(o, "", sections, user) for o in on_parts],
        line="" if open_offers or on_parts or request.status in ENDED else next_step(request),
    )


def note_of(request: ReviewRequest, left: int | None) -> str:
    """The latest safe day of the present stage."""
    if left is None:
        return ""
    turned = {S.APPROVED: S.DELIVERED, S.CHANGES_REQUESTED: S.COMPILING, S.SHIPPED: S.DELIVERED}
    stage = turned.get(S(request.status), S(request.status))
    by = next((s.by for s in request.schedule if s.stage == stage), request.meeting_on)
    if request.status == S.DELIVERED:
        words = _("the meeting was to be on %(day)s") if left < 0 else _("the meeting is on %(day)s")
        return words % {"day": day(request.meeting_on)}
    if left < 0:
        return _("the latest safe day of this stage was %(day)s") % {"day": day(by)}
    return _("latest safe day of this stage: %(day)s") % {"day": day(by)}


def held(obligation: Obligation, said: str, sections: dict[int, str], user: User) -> Held:
    """Who has it since when; what it is, unless the title says so already."""
    what = "" if obligation.what == said else obligation.what
    of = ContentType.objects.get_for_id(obligation.content_type_id).model_class()
    section = sections.get(obligation.object_id) if of is InformationRequest else ""
    if section:
        what = _("%(what)s “%(section)s”") % {"what": obligation.what, "section": section}
    return Held(obligation.with_whom(user), day(obligation.opened_at), what, obligation.url)
