"""A version of the template rendered on a real account, to be looked at: no review's document, and never sealed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from liquid.exceptions import LiquidError

from accounts.absent import without_absent
from accounts.models import Account
from acr_program.files.models import StoredFile
from acr_program.files.store import store
from acr_program.jobs.errors import PermanentError
from acr_program.jobs.models import Job, State
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.render import client
from acr_program.render.checking import InputError
from acr_program.render.document import compose
from acr_program.render.errors import RenderError

from ..choices import TemplateStatus as S
from .template import TemplateVersion

EDITION = "screen"  # what a reader of the file looks at; one edition is enough to know that it renders


class TrialQuerySet(models.QuerySet["Trial"]):
    def visible_to(self, user: User) -> TrialQuerySet:
        """Those who see every account: the file shows one of them."""
        if not user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR):
            return self.none()
        found: TrialQuerySet = without_absent(self, user, "account")
        return found

    def beside(self, trials: list[Trial]) -> dict[int, Trial]:
        """The newest file of a published version for the accounts of these trials of one audience, by account: one query."""
        about = [trial for trial in trials if trial.template.status != S.PUBLISHED]
        if not about:
            return {}
        ready = self.filter(
            template__status=S.PUBLISHED, template__audience=about[0].template.audience, state=State.DONE,
            file__isnull=False, account__in={trial.account_id for trial in about},
        )  # fmt: skip
        return {trial.account_id: trial for trial in ready.order_by("pk")}

    def for_page(self) -> TrialQuerySet:
        return self.select_related("account", "template", "file")


class Trial(Job):
    """One rendering of one version as it stood at `at_version`, on one account, in one edition."""

    QUEUE = "render"
    WALL: ClassVar[timedelta] = timedelta(seconds=90)
    BATCH: ClassVar[int] = 1
    TRIES: ClassVar[int] = 3

    template = models.ForeignKey(TemplateVersion, models.CASCADE, related_name="trials", editable=False)
    at_version = models.PositiveIntegerField(editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+", editable=False)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, editable=False)

    objects = TrialQuerySet.as_manager()

    class Meta(Job.Meta):
        verbose_name = _("trial of a template")
        verbose_name_plural = _("trials of templates")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.template}, {self.account}"

    @property
    def is_open(self) -> bool:
        return self.state in (State.QUEUED, State.RUNNING)

    @property
    def is_ready(self) -> bool:
        return self.state == State.DONE and self.file_id is not None

    @property
    def is_present(self) -> bool:
        """Whether the version stands as it stood then."""
        return self.at_version == self.template.version

    def work(self) -> None:
        """Composed and laid out within the renderer's own limits; what stops it is a sentence for the editor."""
        from ..trying import inputs_on

        try:
            rendered = client.render(compose(inputs_on(self.template, self.account) | {"editions": [EDITION]}))
        except (InputError, LiquidError) as error:
            raise PermanentError(str(error)) from error
        except RenderError as error:
            raise PermanentError(error.sentence) if error.permanent else error from error
        file = store(rendered.files[EDITION], "application/pdf")
        with self.settle():
            self.keep_result(file=file, pages=rendered.pages[EDITION])

    def keep_result(self, **fields: Any) -> None:
        Trial.objects.filter(pk=self.pk).update(**fields)
