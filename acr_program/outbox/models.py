import uuid
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.jobs.faults import fault
from acr_program.jobs.models import Job, State
from acr_program.people.roles import program_office

from .choices import WAITING, Course, Way
from .safe import fill_in
from .send import send


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: Any) -> Self:
        """A mail is read by whoever it went to, and by the office (P18)."""
        return self.select_related("person") if program_office(user) else self.filter(person_id=user.pk)

    def for_list(self) -> Self:
        """Without what is in them: a list names its mails, and reads none."""
        return self.defer("text", "html", "private", "enclosed")

    def of_person(self, person: models.Model) -> Self:
        """What one person was sent, newest first."""
        return self.filter(person_id=person.pk).order_by("-created_at", "-pk")

    def about(self, thing: models.Model) -> Self:
        kind = ContentType.objects.get_for_model(thing)
        return self.filter(content_type=kind, object_id=str(thing.pk)).order_by("-created_at", "-pk")

    def held(self) -> Self:
        """What leaves only when somebody lets it go."""
        return self.filter(course=Course.HELD, state=State.QUEUED)

    def undelivered(self) -> Self:
        """Refused for good or out of tries: each is an incident somebody has to look at (rule 5)."""
        return self.filter(state=State.FAILED)


def new_message_id() -> str:
    """Made with the row and never again: a repeat is known by it."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ") or "localhost"
    return f"<{uuid.uuid4().hex}@{domain}>"


class Message(Job):
    """One mail to one address about one thing, written whole in the transaction that made it true."""

    TRIES: ClassVar[int] = 20  # a mail server may be away for half a day
    WALL: ClassVar[timedelta] = timedelta(seconds=20)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(_("key"), max_length=80)
    kind = models.CharField(_("kind"), max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="messages")
    address = models.EmailField(_("address"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("page"))
    private = models.JSONField(default=dict, editable=False)  # links and codes, until the mail is out
    enclosed = models.JSONField(default=list, editable=False)  # small texts sent with it, as `Enclosure` has them
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=40)
    about = GenericForeignKey()
    account_id = models.PositiveBigIntegerField(null=True)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True, default=new_message_id)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    link = models.CharField(max_length=500, blank=True)  # where it leads, unless that is private
    may_choose = models.BooleanField(default=False, editable=False)  # its reader can have such mails otherwise
    course = models.CharField(
        _("course"), max_length=8, choices=Course, blank=True, default=Course.DIRECT, editable=False
    )
    digest = models.ForeignKey("self", models.SET_NULL, null=True, related_name="lines", verbose_name=_("went in"))

    objects = MessageQuerySet.as_manager()

    class Meta(Job.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(fields=["key", "address"], name="message_once_an_address"),
            models.CheckConstraint(condition=Q(course__in=Course.values), name="message_course_known"),
        ]
        indexes = [
            *Job.Meta.indexes,
            models.Index(fields=["-created_at", "-id"], name="message_newest"),
            models.Index(fields=["state", "-created_at", "-id"], name="message_by_state"),
            models.Index(fields=["person", "-created_at", "-id"], name="message_of_person"),
            models.Index(fields=["content_type", "object_id"], name="message_about"),
            models.Index(fields=["account_id"], name="message_of_account"),
            models.Index(fields=["due_at", "id"], name="message_waiting", condition=Q(course__in=WAITING)),
        ]

    def __str__(self) -> str:
        return self.subject

    @classmethod
    def due(cls) -> "models.QuerySet[Self]":
        """What a worker takes up: not what waits for a digest or for somebody's word."""
        return super().due().exclude(course__in=WAITING)

    def work(self) -> None:
        """Hand the mail to the server; the claim is committed, so whatever happens it is tried again with this id."""
        send(self)
        fault("mail_sent")

    def finish(self) -> bool:
        """Out: what was private in it is forgotten."""
        return self._write(state=State.DONE, error="", done_at=now(), sent_at=now(), private={})

    def whole(self) -> "tuple[str, str]":
        """Text and page with the private links in them, for sending only."""
        return fill_in(self.text, self.private, html=False), fill_in(self.html, self.private, html=True)

    @property
    def waits(self) -> bool:
        """Written and not yet with the mail server, nor on its way there."""
        return self.state == State.QUEUED

    @property
    def is_held_up(self) -> bool:
        """Tried and not yet out."""
        return self.state == State.QUEUED and self.attempts > 0


class Choice(models.Model):
    """What one person chose for one kind of mail."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choices")
    kind = models.CharField(_("kind"), max_length=40)
    way = models.CharField(_("how it comes"), max_length=8, choices=Way)

    class Meta:
        verbose_name = _("choice of mail")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="mail_choice_once"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="mail_way_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} {self.way}"


class Ruling(models.Model):
    """What the office did with a mail before it went, who, when and why; rows are added and never changed.

    They stay when the mail is withdrawn because its step was taken back.
    """

    class Act(models.TextChoices):
        HOLD = "hold", _("held it")
        RELEASE = "release", _("let it go")
        DROP = "drop", _("dropped it")

    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="rulings")
    subject = models.CharField(_("subject"), max_length=200)
    address = models.EmailField(_("address"))
    act = models.CharField(_("what"), max_length=8, choices=Act)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), default=now)

    class Meta:
        verbose_name = _("ruling on a mail")
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(act__in=["hold", "release", "drop"]), name="ruling_act_known")
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_act_display()}"
