"""The standard template: versions for each audience, and their sections."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.models import Account
from acr_program.charter.models import Function
from acr_program.jobs.models import State
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_managers, the_clock
from acr_program.ui.addresses import address_of
from acr_program.workflow.book import once
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Need, step

from .. import conditions
from ..choices import ASKED, MAY_ASK, Audience, SectionKind, Shows
from ..choices import TemplateStatus as S
from ..prose import fault_in
from ..tokens import spoken

has_sections = Need(_("The template has no section yet."), lambda t: t.sections.exists())
sound = Need(
    _("A standard text holds what no document can be made of: braces with something else in them than a known name."),
    lambda t: all(section.sound for section in t.sections.all()),
)
owned = Need(
    _("A required section has no owning function."),
    lambda t: not t.sections.filter(required=True, kind__in=ASKED, function=None, slot=False).exists(),
)
tried = Need(
    _("Render it on an account first: as it stands now it has not been rendered without an error."),
    lambda t: True,
    names=lambda t: t.untried,
)
ENDED = (State.DONE, State.FAILED)
unused = Need(
    _("A review has begun with it: publish another version, or reinstate the one before."),
    lambda t: not t.reviewrequest_set.exists(),
)


class TemplateQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> TemplateQuerySet:
        return self if user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.LEADER) else self.none()

    def published(self, audience: str) -> TemplateVersion | None:
        return self.filter(audience=audience, status=S.PUBLISHED).first()


class TemplateVersion(Machine):
    """One version of the standard template for one audience (R-04)."""

    STATES = S

    audience = models.CharField(_("audience"), max_length=12, choices=Audience.choices)
    number = models.PositiveIntegerField(_("version"))
    status = FSMField(_("status"), choices=S.choices, default=S.DRAFT, protected=True)
    account_id = None

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template version")
        ordering = ("audience", "-number")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="template_status_known"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="template_audience_known"),
            models.UniqueConstraint(fields=["audience", "number"], name="template_number_once"),
            models.UniqueConstraint(
                fields=["audience"], condition=Q(status=S.PUBLISHED), name="template_one_published"
            ),
        )

    def __str__(self) -> str:
        return _("%(audience)s template, version %(number)s") % {
            "audience": self.get_audience_display(),
            "number": self.number,
        }

    def get_absolute_url(self) -> str:
        return address_of("reviews:template", self.pk)

    @property
    def untried(self) -> str:
        """Why it is not known to render as it stands; empty where it is. An office without an active account has none to try."""
        last = (
            self.trials.filter(at_version=self.version, state__in=ENDED)
            .select_related("account")
            .order_by("-pk")
            .first()
        )
        if last is None:
            return str(tried.says) if Account.objects.live().exists() else ""
        if last.state == State.FAILED:
            words = _("Rendered on %(account)s, it failed: %(why)s")
            return words % {"account": last.account, "why": last.error}
        return ""

    @step(
        status,
        S.DRAFT,
        S.PUBLISHED,
        label=_("Publish"),
        by=[program_managers],
        needs=[has_sections, sound, owned, tried],
    )
    def publish(self, *, by: User) -> None:
        """New requests begin with it; the version before it retires, and requests under way keep theirs."""
        self.retire_before()

    def retire_before(self) -> None:
        """One version is published for an audience: whichever it was retires."""
        from acr_program.workflow.perform import perform

        for before in TemplateVersion.objects.filter(audience=self.audience, status=S.PUBLISHED):
            perform(before, "retire", by=User.objects.clock(), seen=before.version)

    @step(status, S.DRAFT, S.DISCARDED, label=_("Discard the draft"), by=[program_managers], kind="danger")
    def discard(self, *, by: User) -> None:
        """It is never published; what it said stays on its page, and its number is not given again."""

    @step(status, S.PUBLISHED, S.RETIRED, label=_("Retire"), by=[the_clock, program_managers], kind="danger")
    def retire(self, *, by: User) -> None:
        """No new request begins with it."""

    @step(
        status, S.RETIRED, S.PUBLISHED, label=_("Reinstate"), by=[program_managers], kind="quiet",
        needs=[has_sections, sound, owned],
    )  # fmt: skip
    def reinstate(self, *, by: User) -> None:
        """New requests begin with it again; the version published meanwhile retires, and requests under way keep theirs."""
        self.retire_before()

    @step(
        status, S.PUBLISHED, S.DRAFT, label=_("Take it back to a draft"), by=[program_managers], kind="quiet", needs=[unused]
    )  # fmt: skip
    def unpublish(self, *, by: User) -> None:
        """Published by mistake: as long as no review has begun with it, it can be worked on as before."""


class SectionQuerySet(models.QuerySet[Any]):
    def asked(self) -> SectionQuerySet:
        """Those that somebody is asked to write: contributors' own, and figures to which a function adds words."""
        return self.filter(Q(kind__in=ASKED) | Q(kind__in=MAY_ASK, function__isnull=False))

    def asked_of(self, template: TemplateVersion | None, account: Any) -> list[Section]:
        """Those of this version that somebody is asked to write for this account (R-05), with who answers for them.

        A version's are read once in a click, however many reviews ask.
        """
        found = self.asked().filter(template=template).select_related("function__contributor")
        asked = once(f"sections asked of {template and template.pk}", lambda: list(found))
        return [section for section in asked if conditions.applies(section, account)]


class Section(models.Model):
    """One section of a template version, in its place."""

    template = models.ForeignKey(TemplateVersion, models.CASCADE, related_name="sections")
    place = models.PositiveSmallIntegerField(_("place"))
    key = models.SlugField(_("key"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=SectionKind.choices)
    function = models.ForeignKey(Function, models.PROTECT, null=True, blank=True, verbose_name=_("owning function"))
    lede = models.CharField(_("opening line"), max_length=300, blank=True)
    body = models.TextField(_("standard text"), blank=True)
    guidance = models.TextField(_("guidance for the contributor"), blank=True)
    required = models.BooleanField(_("required"), default=True)
    locked = models.BooleanField(_("locked"), default=False)
    slot = models.BooleanField(
        _("filled by the sales representative"), default=False,
        help_text=_("The one part of a document that representatives write themselves."),
    )  # fmt: skip
    shows = models.CharField(
        _("chart or table"), max_length=12, choices=Shows.choices, blank=True,
        help_text=_("One picture or table out of the account's performance; without a choice, the whole year in figures."),
    )  # fmt: skip
    conditions = models.JSONField(_("only for"), default=dict, blank=True)
    max_words = models.PositiveSmallIntegerField(_("most words"), null=True, blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        ordering = ("template", "place")
        constraints = (
            models.UniqueConstraint(fields=["template", "place"], name="section_one_a_place"),
            models.UniqueConstraint(fields=["template", "key"], name="section_key_once"),
            models.CheckConstraint(condition=Q(kind__in=SectionKind.values), name="section_kind_known"),
            models.CheckConstraint(condition=Q(slot=False) | Q(kind=SectionKind.INPUT), name="section_slot_is_written"),
            models.CheckConstraint(condition=Q(shows__in=["", *Shows.values]), name="section_shows_known"),
            models.CheckConstraint(condition=Q(shows="") | Q(kind=SectionKind.FIGURES), name="section_shows_figures"),
        )

    def __str__(self) -> str:
        return spoken(self.title)

    def clean(self) -> None:
        """Standard texts hold text and known tokens; the sentence names the field, the line and the reason (P24)."""
        texts = {"title": self.title, "lede": self.lede, "body": self.body}
        if faults := {field: fault for field, text in texts.items() if (fault := fault_in(text))}:
            raise ValidationError({field: f"{self.title}, {field}. {fault}" for field, fault in faults.items()})
        conditions.check(self.conditions)

    @property
    def sound(self) -> bool:
        """Whether a document can be made of its texts."""
        return not any(fault_in(text) for text in (self.title, self.lede, self.body))

    @property
    def is_asked(self) -> bool:
        """Whether somebody is asked to write in it."""
        return self.kind in ASKED or (self.kind in MAY_ASK and self.function_id is not None)

    @property
    def lacks_contributor(self) -> bool:
        """It has to be there, its function answers for it, and nobody answers for the function."""
        return self.required and not self.slot and not (self.function and self.function.contributor_id)

    @property
    def may_deviate(self) -> bool:
        """Whether one review may say something else here, with the program manager's leave."""
        return self.kind in STANDARD_TEXT and not self.locked


STANDARD_TEXT = (SectionKind.LETTER, SectionKind.STANDARD)  # kinds whose body is the standard's own text
