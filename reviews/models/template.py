"""The standard template: versions for each audience, and their sections."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.charter.models import Function
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_managers, the_clock
from acr_program.ui.addresses import address_of
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Need, step

from ..choices import Audience, SectionKind
from ..choices import TemplateStatus as S

has_sections = Need(_("The template has no section yet."), lambda t: t.sections.exists())
owned = Need(
    _("A required section has no owning function."),
    lambda t: not t.sections.filter(required=True, kind=SectionKind.INPUT, function=None).exists(),
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

    @step(status, S.DRAFT, S.PUBLISHED, label=_("Publish"), by=[program_managers], needs=[has_sections, owned])
    def publish(self, *, by: User) -> None:
        """New requests begin with it; the version before it retires, and requests under way keep theirs."""
        from acr_program.workflow.perform import perform

        for before in TemplateVersion.objects.filter(audience=self.audience, status=S.PUBLISHED):
            perform(before, "retire", by=User.objects.clock(), seen=before.version)

    @step(status, S.PUBLISHED, S.RETIRED, label=_("Retire"), by=[the_clock, program_managers], kind="danger")
    def retire(self, *, by: User) -> None:
        """No new request begins with it."""


class Section(models.Model):
    """One section of a template version, in its place."""

    template = models.ForeignKey(TemplateVersion, models.CASCADE, related_name="sections")
    place = models.PositiveSmallIntegerField(_("place"))
    key = models.SlugField(_("key"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=SectionKind.choices)
    function = models.ForeignKey(Function, models.PROTECT, null=True, blank=True, verbose_name=_("owning function"))
    lede = models.CharField(_("opening line"), max_length=300, blank=True)
    body = models.TextField(_("standard text"), blank=True)
    guidance = models.TextField(_("guidance for the contributor"), blank=True)
    required = models.BooleanField(_("required"), default=True)
    locked = models.BooleanField(_("locked"), default=False)
    max_words = models.PositiveSmallIntegerField(_("most words"), null=True, blank=True)

    class Meta:
        verbose_name = _("section")
        ordering = ("template", "place")
        constraints = (
            models.UniqueConstraint(fields=["template", "place"], name="section_one_a_place"),
            models.UniqueConstraint(fields=["template", "key"], name="section_key_once"),
            models.CheckConstraint(condition=Q(kind__in=SectionKind.values), name="section_kind_known"),
        )

    def __str__(self) -> str:
        return self.title
