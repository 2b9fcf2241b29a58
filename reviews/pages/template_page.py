"""Everything that stands on the page of one version of the standard template."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from acr_program.people.models import User
from acr_program.ui.parts import Happening
from acr_program.workflow.offers import Offer, offers
from acr_program.workflow.registry import panels
from reviews.choices import ENDED, SectionKind
from reviews.choices import TemplateStatus as S
from reviews.models import ReviewRequest, Section, TemplateVersion

SAYS = {
    "create": gettext_lazy("began this version"),
    "edit": gettext_lazy("edited it"),
    "publish": gettext_lazy("published it"),
    "retire": gettext_lazy("retired it"),
}


TOKEN = re.compile(r"{{\s*([\w.]+)\s*}}")


def with_tokens(text: str) -> SafeString:
    """The text with each token as a name, not as code between braces."""
    parts = enumerate(TOKEN.split(text))
    return format_html_join("", "{}", ((format_html("<code>{}</code>", p) if odd % 2 else p,) for odd, p in parts))


class TemplatePage:
    """One version as one person sees it."""

    def __init__(self, template: TemplateVersion, user: User) -> None:
        self.template, self.user = template, user

    @cached_property
    def sections(self) -> list[Section]:
        found = list(self.template.sections.select_related("function__contributor"))
        for section in found:
            section.title_shown, section.body_shown = with_tokens(section.title), with_tokens(section.body)  # type: ignore[attr-defined]
        return found

    @property
    def without_owner(self) -> list[Section]:
        """Sections that contributors write and that no function owns, or nobody answers for."""
        written = [section for section in self.sections if section.kind == SectionKind.INPUT]
        return [section for section in written if section.function is None or section.function.contributor is None]

    @cached_property
    def under_way(self) -> int:
        """Reviews under way that keep this version until they close."""
        return ReviewRequest.objects.filter(template=self.template).exclude(status__in=ENDED).count()

    @property
    def note(self) -> str:
        """What the version is to those who ask for reviews now."""
        kept = ngettext(
            "%(n)d review under way keeps it until it closes",
            "%(n)d reviews under way keep it until they close",
            self.under_way,
        )
        kept = kept % {"n": self.under_way}
        return {
            S.DRAFT: _("not in use yet"),
            S.PUBLISHED: _("new requests begin with it; %(kept)s") % {"kept": kept},
            S.RETIRED: _("no new request begins with it; %(kept)s") % {"kept": kept},
        }[S(self.template.status)]

    @cached_property
    def offers(self) -> list[Offer]:
        return offers(self.template, self.user)

    @property
    def steps(self) -> list[Offer]:
        return [offer for offer in self.offers if not offer.danger]

    @property
    def dangers(self) -> list[Offer]:
        return [offer for offer in self.offers if offer.danger]

    @cached_property
    def happenings(self) -> list[Happening]:
        return [
            Happening(e.by_name, SAYS.get(e.step, e.sentence), e.at, e.tone, e.kind, e.comment)
            for e in self.template.log().for_timeline()[:30]
        ]

    @cached_property
    def panels(self) -> list[Any]:
        return panels(self.template, self.user)
