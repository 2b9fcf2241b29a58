"""What the clock does for the log and for obligations: hourly seals, reminders, escalation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, now

from acr_program.jobs.clock import duty
from acr_program.outbox.choices import Way
from acr_program.outbox.models import Choice, Message
from acr_program.outbox.post import Recipient, dispatch, letters, post
from acr_program.outbox.render import url_of
from acr_program.people.models import Absence, User

from .machine import Machine
from .obligations import Obligation, in_person_kinds
from .seals import seal


@duty("seal the log", every=timedelta(hours=1))
def seal_the_log(moment: datetime) -> None:
    """Seal what the last hour wrote, and once a day mail the head outside (P35)."""
    made = seal()
    anchor = getattr(settings, "ACR_ANCHOR_EMAIL", "")
    if made and anchor:
        key = f"seal-{moment.date():%Y%m%d}"
        post(made, key=key, to=[Recipient("Anchor", anchor)], template="seal", context={"seal": made})


@duty("remind of what is due", every=timedelta(minutes=10))
def remind(moment: datetime) -> None:
    """A reminder of each obligation that is still open at its time; never one for what is closed (P14)."""
    with transaction.atomic():
        rows = taken("remind_at")
        tell([row for row in rows if not comes_again(row)], "reminder", "remind", holders)
        tell([row for row in rows if comes_again(row)], "reminder", "remind-first", holders)


@duty("escalate what stays undone", every=timedelta(minutes=10))
def escalate(moment: datetime) -> None:
    """Tell the holder's own leader, once, what stays undone, and whoever else the thing names.

    They are told, and no more: the duty stays whose it is.
    """
    with transaction.atomic():
        tell(taken("escalate_at"), "escalation", "escalate", told_of)


def taken(when: str) -> list[Obligation]:
    """What is due and still open; whoever moves the moment has the row. A second reminder waits behind the first."""
    found = []
    for row in _due(**{f"{when}__lte": now()}):
        next_one = row.again_at if when == "remind_at" and comes_again(row) else None
        later: dict[str, Any] = {when: next_one} | ({"again_at": None} if when == "remind_at" else {})
        if Obligation.objects.open().filter(pk=row.pk, **{when: getattr(row, when)}).update(**later):
            found.append(row)
    return found


def comes_again(row: Obligation) -> bool:
    """Whether a second reminder is still ahead; one that the scheduler slept through is not sent beside the first."""
    return row.again_at is not None and row.again_at > now()


def tell(rows: list[Obligation], template: str, key: str, whom: Callable[[Obligation], list[User]]) -> None:
    """One mail a person, with all of this run that is theirs: what a dead scheduler left behind is no flood (P14).

    Each by itself is told whoever answers by a mailed link, which leads to one thing, and whoever has a digest of their own.
    """
    theirs: dict[User, list[Obligation]] = defaultdict(list)
    for row in rows:
        for person in whom(row):
            theirs[person].append(row)
    apart = Choice.objects.filter(kind=template, way=Way.DIGEST, person__in=theirs) if rows else Choice.objects.none()
    digested = set(apart.values_list("person", flat=True))
    mails: list[Message] = []
    for person, about in theirs.items():
        each = person.by_link or person.pk in digested
        for first, *others in [[row] for row in about] if each else [about]:
            given = {"obligation": first, "acting": acting_for(first), "others": [briefly(row) for row in others]}
            mails += letters(first, key=f"{key}-{first.pk}", to=[person], template=template, context=given)
    if mails:
        dispatch(mails)


def briefly(row: Obligation) -> dict[str, Any]:
    """One of several, as a line with its link."""
    return {"what": row.what, "title": row.title, "who": row.holder_name, "due_at": row.due_at, "url": url_of(row)}


def acting_for(row: Obligation) -> list[str]:
    return [one.name for one in holders(row)[1:]] if row.person else []


def _due(**when: datetime) -> list[Obligation]:
    rows = Obligation.objects.open().filter(**when).select_related("person__reports_to", "waiter", "content_type")
    return list(rows.order_by("pk")[:500])


def holders(row: Obligation) -> list[User]:
    """The person asked and, while that person is away, the one who acts, if the step that answers it is theirs as well."""
    if row.person is None:
        return list(User.objects.holding(row.role))
    acting = Absence.objects.stand_ins([row.person.pk], localdate())
    stand_ins = User.objects.filter(pk__in=acting.values(), is_active=True)
    return [row.person, *(person for person in stand_ins if may_answer(person, row))]


def may_answer(person: User, row: Obligation) -> bool:
    about = row.about
    step = about.declared_steps().get(row.step) if isinstance(about, Machine) else None
    return step is None or step.is_for(person, about)


def told_of(row: Obligation) -> list[User]:
    """To whom it goes up: the leader, and whoever the thing itself names beside (`also_told`).

    What is done in person goes up to the program manager, as far as the thing is not absent from them.
    """
    about = row.about
    if row.content_type_id in in_person_kinds():
        model: Any = type(about)
        rows = model._default_manager
        return [
            one for one in User.objects.holding("manager") if rows.visible_to(one).filter(pk=row.object_id).exists()
        ]
    also = about.also_told() if isinstance(about, Machine) else []
    return list({person.pk: person for person in (*leaders_of(row), *also)}.values())


def leaders_of(row: Obligation) -> list[User]:
    """The holder's leader; for what waits for a role, or for one with no leader above, the program manager."""
    if row.person and row.person.reports_to and row.person.reports_to.is_active:
        return [row.person.reports_to]
    return list(User.objects.holding("manager"))
