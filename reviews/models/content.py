"""The content library: the standard text of each section by audience and business unit, kept as revisions (R-09)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.charter.models import Function, Program
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_managers, program_office, role, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.book import clock, once
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, Need, step

from ..choices import Audience, TemplateStatus
from ..choices_library import ACCEPTED
from ..choices_library import RevisionStatus as S
from ..prose import fault_in
from ..quarters import fresh_until
from ..rules import the_managers
from ..tokens import spoken
from .template import Section, TemplateVersion

READERS = (Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.LEADER, Role.CONTRIBUTOR)


class ItemQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ItemQuerySet:
        """Standard texts are no secret of one contributor: whoever writes or runs the program reads all."""
        return self if user.has(*READERS) else self.none()

    def for_page(self) -> ItemQuerySet:
        return self.select_related("function__contributor", "current__author")

    def owned_by(self, people: list[int]) -> ItemQuerySet:
        """The texts for which these people answer; those of no function are the program manager's."""
        answered = Q(function__contributor__in=people)
        if Program.objects.filter(manager__in=people).exists():
            answered |= Q(function=None) | Q(function__contributor=None)
        return self.filter(answered)

    def in_use(self) -> ItemQuerySet:
        """Those that a published template says."""
        said = Section.objects.filter(
            template__status=TemplateStatus.PUBLISHED, template__audience=OuterRef("audience"), key=OuterRef("key")
        )
        return self.filter(Exists(said), current__isnull=False)


class ContentItem(models.Model):
    """One standard text: of a section, for an audience, and where it is needed for one business unit alone."""

    audience = models.CharField(_("audience"), max_length=12, choices=Audience.choices)
    key = models.SlugField(_("key of the section"), max_length=40)
    unit = models.CharField(_("business unit"), max_length=80, blank=True)
    title = models.CharField(_("title"), max_length=120)
    function = models.ForeignKey(Function, models.PROTECT, null=True, blank=True, verbose_name=_("owning function"))
    current = models.ForeignKey(
        "reviews.Revision", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("current text")
    )
    search = models.TextField(editable=False, default="")  # title, unit and current text, folded

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("standard text")
        ordering = ("audience", "title", "unit")
        constraints = (
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="item_audience_known"),
            models.UniqueConstraint(fields=["audience", "key", "unit"], name="item_once"),
        )
        indexes = (models.Index(fields=["title", "id"], name="item_by_title"),)

    def __str__(self) -> str:
        return gettext("“%(title)s”, %(of)s") % {"title": self.name, "of": self.of}

    def get_absolute_url(self) -> str:
        return address_of("reviews:library-item", self.pk)

    @property
    def name(self) -> str:
        """The title where no account fills it."""
        return spoken(self.title)

    @property
    def of(self) -> str:
        """For which audience, and which business unit alone."""
        return " · ".join(filter(None, (str(self.get_audience_display()), self.unit)))

    @property
    def owner(self) -> User | None:
        """Whoever answers for it: its function's contributor, else the program manager."""
        if self.function and self.function.contributor:
            return self.function.contributor
        program = once("the program and its manager", Program.objects.select_related("manager").first)
        return program.manager if program else None

    @property
    def fresh_until(self) -> date | None:
        return self.current.fresh_until if self.current else None

    def is_stale(self, on: date) -> bool:
        return self.current is not None and self.current.is_stale(on)


@role(_("whoever answers for the text"))
def owner_of_text(user: User, revision: Any) -> bool:
    """The owner, their stand-in, and whoever was asked about it this quarter before it changed hands."""
    owner = revision.item.owner
    if owner is not None and user.acts_as(owner.pk):
        return True
    return bool(revision.item.questions.filter(touch__person__in=[user.pk, *user.stands_in_for]).exists())


def the_author(revision: Any) -> list[User]:
    return [revision.author]


makes_a_document = Need(
    _("The text holds what no document can be made of: braces with something else in them than a known name."),
    lambda revision: not fault_in(revision.text),
)


class RevisionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> RevisionQuerySet:
        return self if user.has(*READERS) else self.none()

    def for_page(self) -> RevisionQuerySet:
        return self.select_related("item__function__contributor", "item__current", "author")

    def accepted(self) -> RevisionQuerySet:
        return self.filter(status__in=ACCEPTED)

    def waiting(self) -> RevisionQuerySet:
        return self.filter(status=S.PROPOSED)

    def stale(self, on: date) -> RevisionQuerySet:
        """Current texts that nobody's word keeps fresh on that day; that they are used keeps nothing fresh."""
        return self.filter(status=S.CURRENT).filter(Q(fresh_until=None) | Q(fresh_until__lt=on))


class Revision(Machine):
    """One wording of a standard text, from its proposal on; of each text one is current."""

    STATES = S
    LOCKS = "item"
    READS = ("item__function__contributor", "item__current", "author")

    item = models.ForeignKey(ContentItem, models.CASCADE, related_name="revisions", verbose_name=_("standard text"))
    number = models.PositiveIntegerField(_("revision"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("author")
    )
    text = models.TextField(_("text"))
    note = models.TextField(_("what is new, and why"), max_length=2000, blank=True)
    since = models.PositiveIntegerField(
        _("from template version"),
        default=0,
        help_text=_("Reviews that keep an older version keep the text before it."),
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)
    fresh_until = models.DateField(_("fresh until"), null=True, blank=True)
    status = FSMField(_("status"), choices=S.choices, default=S.PROPOSED, protected=True)
    account_id = None

    objects = RevisionQuerySet.as_manager()

    BEGINS_AWAITS = (Await(_("Accept the new text or reject it"), Role.MANAGER, "accept", days=5),)
    BEGINS_TELLS = (the_managers,)
    BEGINS_MAIL = "revision"

    class Meta:
        verbose_name = _("revision of a standard text")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="revision_status_known"),
            models.UniqueConstraint(fields=["item", "number"], name="revision_number_once"),
            models.UniqueConstraint(fields=["item"], condition=Q(status=S.CURRENT), name="revision_one_current"),
        )
        indexes = (
            models.Index(fields=["status", "-id"], name="revision_by_status"),
            models.Index(fields=["fresh_until"], name="revision_by_freshness", condition=Q(status=S.CURRENT)),
        )

    def __str__(self) -> str:
        return gettext("Revision %(n)d of %(item)s") % {"n": self.number, "item": self.item}

    def get_absolute_url(self) -> str:
        return address_of("reviews:revision", self.pk)

    @property
    def waiter(self) -> User:
        return self.author

    def is_stale(self, on: date) -> bool:
        """Whether the last word that it holds is too old on that day, or was never said."""
        return self.fresh_until is None or self.fresh_until < on

    @step(
        status, S.PROPOSED, S.CURRENT, label=_("Accept the text"), by=[program_managers], needs=[makes_a_document],
        tells=[the_author],
    )  # fmt: skip
    def accept(self, *, by: User, since: int | None = None) -> None:
        """Documents say it from now on, and the text before it is superseded; what was sealed stays as it was."""
        from acr_program.workflow.perform import perform

        before = self.item.current
        if before is not None and before.status == S.CURRENT:
            perform(before, "supersede", by=clock(), seen=before.version)
        published = TemplateVersion.objects.published(self.item.audience) if since is None else None
        self.accepted_at = now()
        self.since = since or (published.number if published else 1)
        self.confirmed_on, self.fresh_until = localdate(), fresh_until(localdate())

    @step(
        status, S.PROPOSED, S.REJECTED, label=_("Reject the text"), by=[program_managers], kind="quiet",
        form="acr_program.workflow.forms.CommentForm", tells=[the_author],
    )  # fmt: skip
    def reject(self, *, by: User, comment: str) -> None:
        """The text that is current stays in use."""

    @step(status, S.CURRENT, S.CURRENT, label=_("It still holds"), by=[owner_of_text, program_office])
    def confirm(self, *, by: User, quarter: date | None = None) -> None:
        """It is fresh until the end of the quarter in which its owner is asked next (R-09)."""
        self.confirmed_on, self.fresh_until = localdate(), fresh_until(localdate(), quarter)

    @step(status, S.CURRENT, S.SUPERSEDED, label=_("Supersede"), by=[the_clock])
    def supersede(self, *, by: User) -> None:
        """Another text took its place; reviews that keep an older template version still say this one."""


class StaleWaiver(models.Model):
    """The program manager's leave to compile one review with one text that is not confirmed; logged on the review."""

    request = models.ForeignKey("reviews.ReviewRequest", models.CASCADE, related_name="stale_waivers")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="waivers")
    reason = models.TextField(_("why it may go out unconfirmed"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("waiver of a stale text")
        constraints = (models.UniqueConstraint(fields=["request", "revision"], name="stale_waiver_once"),)

    def __str__(self) -> str:
        return f"{self.request} · {self.revision}"
