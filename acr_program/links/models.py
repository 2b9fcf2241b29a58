import secrets
from datetime import timedelta
from hashlib import sha256
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from .errors import LinkRefused

USED = _("This link was used already; it works once. Sign in to see how things stand.")
EXPIRED = _("This link has expired. Sign in, or ask the sender for a new one.")
UNKNOWN = _("This link is not known. Open the newest mail again, or sign in.")
WITHDRAWN = _("This link was withdrawn, because the matter moved on. Sign in to see how things stand.")
WRONG_CODE = _("This is not the code that stands in the mail. Look again and type the six digits.")
TOO_MANY = _("The code was typed wrongly too often, so this link is closed. Sign in to decide.")


class LinkQuerySet(models.QuerySet["Link"]):
    def open(self) -> Self:
        """Links that would still be taken."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=now())

    def about(self, thing: models.Model) -> Self:
        kind = ContentType.objects.get_for_model(thing)
        return self.filter(content_type=kind, object_id=str(thing.pk))


class Link(models.Model):
    """One mailed way to a page: for one purpose, perhaps one person, until a date, once (design rule 7)."""

    CODE_TRIES: ClassVar[int] = 5

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    purpose = models.CharField(_("purpose"), max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="links")
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=40)
    about = GenericForeignKey()
    about_version = models.PositiveIntegerField(_("version shown"), null=True)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("made at"), default=now)
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True)
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True)

    code: str = ""  # only on the link just issued

    objects = LinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["content_type", "object_id"], name="link_about")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"

    @classmethod
    def issue(
        cls,
        purpose: str,
        about: models.Model,
        *,
        person: models.Model | None = None,
        days: int = 14,
        code: bool = False,
    ) -> "tuple[Link, str]":
        """A new link and its token, which is kept nowhere; with code=True also six digits in `link.code`."""
        token = secrets.token_urlsafe(32)
        link = cls(
            token_hash=sha256(token.encode()).hexdigest(),
            purpose=purpose,
            person_id=person.pk if person else None,
            content_type=ContentType.objects.get_for_model(about),
            object_id=str(about.pk),
            about_version=getattr(about, "version", None),
            expires_at=now() + timedelta(days=days),
        )
        if code:
            link.code = f"{secrets.randbelow(10**6):06d}"
            link.code_hash = link._hash(link.code)
        link.save(force_insert=True)
        return link, token

    @classmethod
    def revoke(cls, thing: models.Model, purpose: str | None = None) -> int:
        """Close every open link about a thing: the matter moved on; how many there were."""
        found = cls.objects.about(thing).open()
        return (found if purpose is None else found.filter(purpose=purpose)).update(revoked_at=now())

    @classmethod
    def known(cls, token: str, purpose: str) -> "Link | None":
        """The link of this token, open or not; for a page that says itself what became of it."""
        hashed = sha256(token.encode(errors="replace")).hexdigest()
        return cls.objects.select_related("person", "content_type").filter(token_hash=hashed, purpose=purpose).first()

    @classmethod
    def find(cls, token: str, purpose: str) -> "Link":
        """The open link of this token; else LinkRefused says why. Looking changes nothing, so robots may look."""
        link = cls.known(token, purpose)
        if link is None:
            raise LinkRefused(UNKNOWN, "unknown")
        link.refuse_if_closed()
        return link

    @classmethod
    def spent(cls, token: str, purpose: str) -> "Link | None":
        """The link of this token that was used: whoever opens it again may read what became of it, and no more."""
        hashed = sha256(token.encode(errors="replace")).hexdigest()
        used = cls.objects.select_related("person", "content_type").filter(used_at__isnull=False)
        return used.filter(token_hash=hashed, purpose=purpose).first()

    def refuse_if_closed(self) -> None:
        """Say why this link is not taken any more, if so."""
        if self.used_at:
            raise LinkRefused(USED, "used")
        if self.revoked_at or self.about is None or (self.person and not self.person.is_active):
            raise LinkRefused(WITHDRAWN, "revoked")
        if self.expires_at <= now():
            raise LinkRefused(EXPIRED, "expired")

    @property
    def is_current(self) -> bool:
        """Whether the thing still stands as it stood when the link was made."""
        return self.about_version == getattr(self.about, "version", None)

    def is_for(self, user: models.Model) -> bool:
        """Whether this is the person the link was made for; a link for nobody in particular is for whoever holds it."""
        return self.person_id is None or self.person_id == user.pk

    def check_code(self, typed: str) -> None:
        """Refuse a wrong code, and any code after a few. Call it outside the step's transaction: each wrong try counts."""
        digits = "".join(c for c in typed if c.isascii() and c.isdigit())
        with transaction.atomic():
            link = type(self).objects.select_for_update(no_key=True).get(pk=self.pk)  # guesses come one after the other
            link.refuse_if_closed()
            if link.code_tries >= self.CODE_TRIES:
                raise LinkRefused(TOO_MANY, "code")
            if link.code_hash and constant_time_compare(link._hash(digits), link.code_hash):
                return
            link.code_tries += 1
            link.save(update_fields=["code_tries"])
        raise LinkRefused(WRONG_CODE, "code")

    def use(self) -> None:
        """Use the link up; of several at the same time one succeeds, the others are refused."""
        moment = now()
        if not type(self).objects.open().filter(pk=self.pk).update(used_at=moment):
            self.refresh_from_db()
            self.refuse_if_closed()
            raise LinkRefused(USED, "used")
        self.used_at = moment

    def _hash(self, code: str) -> str:
        """Keyed, for six digits alone would be found from their hash in a moment."""
        return salted_hmac("acr_program.links.code", f"{self.token_hash}:{code}", algorithm="sha256").hexdigest()
