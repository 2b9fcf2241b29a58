"""The template version that a review keeps, and the newer one it may take."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from acr_program.workflow.book import once
from acr_program.workflow.errors import Stale

from ..choices import TemplateStatus
from .template import Section, TemplateVersion


class KeepsTemplate:
    """What a review request knows of its template."""

    if TYPE_CHECKING:
        template: TemplateVersion | None
        audience: Any
        account: Any
        published: dict[str, Any] | None
    left: TemplateVersion | None = None  # the version it kept before the step that is being taken

    @cached_property
    def published_template(self) -> TemplateVersion | None:
        """The version a request of this audience would begin with now."""
        if self.template and self.template.status == TemplateStatus.PUBLISHED:
            return self.template  # one is published for an audience
        if "published" in vars(self):  # a page has read what it is known by
            known = {"audience": self.audience, "status": TemplateStatus.PUBLISHED}
            return TemplateVersion(**self.published, **known) if self.published else None
        read = partial(TemplateVersion.objects.published, self.audience)
        return once(f"published template for {self.audience}", read)

    def asked_sections(self) -> list[Section]:
        """What is asked of people for it, with whom: of the sections that apply, read once for the need and for the asking."""
        return Section.objects.asked_of(self.template or self.published_template, self.account)

    def sections_without_contributor(self) -> list[Section]:
        return [section for section in self.asked_sections() if section.lacks_contributor]

    @property
    def newer_template(self) -> TemplateVersion | None:
        """The version that is published for this audience, where it is newer than the one the review keeps."""
        kept, found = self.template, self.published_template
        return found if kept and found and found.number > kept.number else None

    def newer_without_contributor(self) -> list[Section]:
        """Required sections of the newer version that nobody could be asked for."""
        if (newer := self.newer_template) is None:
            return []
        return [section for section in Section.objects.asked_of(newer, self.account) if section.lacks_contributor]

    def move_to(self, template: TemplateVersion) -> None:
        """Keep this version from now on: the one that was shown, if it is still the one to take. Raises Stale."""
        if template != self.newer_template:
            words = _("Another version of the template was published since you looked. Look at what differs again.")
            raise Stale(words)
        self.left, self.template = self.template, template
