from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils import timezone
from django.utils.timezone import now
from django.utils.translation import gettext as _

from acr_program.jobs import wake
from acr_program.jobs.models import State

from .kinds import kind_named
from .models import Message
from .render import choices_url, render, url_of
from .routing import routed
from .safe import defuse
from .ways import private_for
from .zones import zone_of

if TYPE_CHECKING:
    from acr_program.people.models import User


@dataclass(frozen=True)
class Recipient:
    """Somebody outside, who is told by mail alone."""

    name: str
    address: str
    time_zone: str = ""  # the clock they are met by, where it is known


@dataclass(frozen=True)
class Enclosure:
    """A small text that goes with a mail as a file, kept in the mail's own row: what was sent is there to be read.

    `kind` is its media type after `text/`; `method` is what a mail program may do with a calendar file.
    """

    name: str
    kind: str
    text: str
    method: str = ""


def post(
    about: models.Model,
    *,
    key: str,
    to: "Iterable[User | Recipient]",
    template: str,
    context: Mapping[str, Any] | None = None,
    account_id: int | None = None,
    private: Mapping[str, str] | None = None,
    enclosed: Sequence[Enclosure] = (),
) -> list[Message]:
    """Write one mail a recipient, rows now, bell after the commit. The same key and address again: no second mail.

    `private` holds what only the recipient may read, e.g. {"url": a signed link, "code": its digits}: the template sees
    the names like any other, the row keeps marks in their place and forgets the values when the mail is out. Whoever
    answers by mailed links gets such a link of their own (`ways`). `enclosed` goes with each of them.
    """
    written = letters(
        about, key=key, to=to, template=template, context=context, account_id=account_id, private=private, enclosed=enclosed
    )  # fmt: skip
    return dispatch(written)


def letters(
    about: models.Model,
    *,
    key: str,
    to: "Iterable[User | Recipient]",
    template: str,
    context: Mapping[str, Any] | None = None,
    account_id: int | None = None,
    private: Mapping[str, str] | None = None,
    enclosed: Sequence[Enclosure] = (),
    asks: Callable[[Any], bool] = lambda person: False,
) -> list[Message]:
    """The mails that `post` would write, for whoever writes many at once through `dispatch`.

    `asks` says whom this mail asks personally, whatever its kind: to them it goes at once.
    """
    if account_id is None:
        account_id = getattr(about, "account_id", None)
    messages = []
    for address, recipient in _addresses(to).items():
        given = {"about": about, "url": url_of(about), "person": recipient, **(context or {})}
        secret = {**private_for(about, recipient), **(private or {})}
        may_choose = has_choice(template, recipient) and not secret and not enclosed and not asks(recipient)
        if may_choose or (kind_named(template).sums_up and not secret):
            given["switch_off_url"] = choices_url()
        with timezone.override(zone_of(recipient)):
            letter = render(template, given, secret)
        messages.append(
            Message(
                key=key,
                kind=template,
                person=None if isinstance(recipient, Recipient) else recipient,
                address=address,
                subject=letter.subject,
                text=letter.text,
                html=letter.html,
                private=secret,
                enclosed=[asdict(one) for one in enclosed],
                content_type=ContentType.objects.get_for_model(about),
                object_id=str(about.pk),
                account_id=account_id,
                link=str(given["url"] or "")[:500] if "url" not in secret else "",
                may_choose="switch_off_url" in given,
                **_verdict(address),
            )
        )
    return messages


def dispatch(messages: list[Message]) -> list[Message]:
    """Write these rows in one query, each as its reader chose, bell after the commit for those that leave by themselves."""
    messages = routed(messages)
    # The database drops what it holds already; a bell for a row that is not there finds nothing to claim.
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    wake.ring([message for message in messages if not message.course])
    return messages


def has_choice(template: str, recipient: "User | Recipient") -> bool:
    """Whether this reader has a page to choose on, and this kind stands there."""
    return kind_named(template).choosable and not isinstance(recipient, Recipient) and not recipient.by_link


def _addresses(to: "Iterable[User | Recipient]") -> "dict[str, User | Recipient]":
    """Each address once; nobody who left, and no system person."""
    found: dict[str, Any] = {}
    for recipient in to:
        if isinstance(recipient, Recipient):
            found.setdefault(recipient.address.strip().lower()[:254], recipient)
        elif recipient.is_active and not recipient.is_system:
            found.setdefault(recipient.email.strip().lower(), recipient)
    return found


def _verdict(address: str) -> dict[str, Any]:
    """An address that is none fails at once, where somebody sees it, and holds up no step."""
    try:
        validate_email(address)
    except ValidationError:
        error = _("“%(address)s” is no address that mail can be sent to. Correct it, then send again.")
        return {"state": State.FAILED, "done_at": now(), "error": error % {"address": defuse(address)}}
    return {}
