from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils import timezone
from django.utils.timezone import now
from django.utils.translation import gettext as _

from acr_program.jobs import wake
from acr_program.jobs.models import State

from .models import Message
from .render import render, url_of
from .safe import defuse
from .ways import private_for

if TYPE_CHECKING:
    from acr_program.people.models import User


@dataclass(frozen=True)
class Recipient:
    """Somebody outside, who is told by mail alone."""

    name: str
    address: str


def post(
    about: models.Model,
    *,
    key: str,
    to: "Iterable[User | Recipient]",
    template: str,
    context: Mapping[str, Any] | None = None,
    account_id: int | None = None,
    private: Mapping[str, str] | None = None,
) -> list[Message]:
    """Write one mail a recipient, rows now, bell after the commit. The same key and address again: no second mail.

    `private` holds what only the recipient may read, e.g. {"url": a signed link, "code": its digits}: the template sees
    the names like any other, the row keeps marks in their place and forgets the values when the mail is out. Whoever
    answers by mailed links gets such a link of their own (`ways`).
    """
    return dispatch(
        letters(about, key=key, to=to, template=template, context=context, account_id=account_id, private=private)
    )


def letters(
    about: models.Model,
    *,
    key: str,
    to: "Iterable[User | Recipient]",
    template: str,
    context: Mapping[str, Any] | None = None,
    account_id: int | None = None,
    private: Mapping[str, str] | None = None,
) -> list[Message]:
    """The mails that `post` would write, for whoever writes many at once through `dispatch`."""
    if account_id is None:
        account_id = getattr(about, "account_id", None)
    messages = []
    for address, recipient in _addresses(to).items():
        given = {"about": about, "url": url_of(about), "person": recipient, **(context or {})}
        secret = {**private_for(about, recipient), **(private or {})}
        with timezone.override(zone_of(recipient)):
            letter = render(template, given, secret)
        messages.append(
            Message(
                key=key,
                kind=template,
                person_id=getattr(recipient, "pk", None),
                address=address,
                subject=letter.subject,
                text=letter.text,
                html=letter.html,
                private=secret,
                content_type=ContentType.objects.get_for_model(about),
                object_id=str(about.pk),
                account_id=account_id,
                **_verdict(address),
            )
        )
    return messages


def dispatch(messages: list[Message]) -> list[Message]:
    """Write these rows in one query, bell after the commit."""
    # The database drops what it holds already; a bell for a row that is not there finds nothing to claim.
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    wake.ring(messages)
    return messages


def _addresses(to: "Iterable[User | Recipient]") -> "dict[str, User | Recipient]":
    """Each address once; nobody who left, and no system person."""
    found: dict[str, Any] = {}
    for recipient in to:
        if isinstance(recipient, Recipient):
            found.setdefault(recipient.address.strip().lower()[:254], recipient)
        elif recipient.is_active and not recipient.is_system:
            found.setdefault(recipient.email.strip().lower(), recipient)
    return found


def zone_of(recipient: object) -> ZoneInfo | None:
    """The clock the recipient lives by; the program's own where that is not known."""
    try:
        return ZoneInfo(getattr(recipient, "time_zone", "") or "")
    except (ValueError, ZoneInfoNotFoundError):
        return None


def _verdict(address: str) -> dict[str, Any]:
    """An address that is none fails at once, where somebody sees it, and holds up no step."""
    try:
        validate_email(address)
    except ValidationError:
        error = _("“%(address)s” is no address that mail can be sent to. Correct it, then send again.")
        return {"state": State.FAILED, "done_at": now(), "error": error % {"address": defuse(address)}}
    return {}
