"""Everything that stands on the page of one version of the standard template."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from acr_program.render.checking import InputError
from acr_program.workflow.registry import panels
from reviews.choices import ENDED
from reviews.choices import TemplateStatus as S
from reviews.conditions import whom
from reviews.models import ReviewRequest, Section, TemplateVersion
from reviews.prose import marked_up
from reviews.texts import in_force, put_in
from reviews.tokens import TOKEN

from .one import VersionPage


def with_tokens(text: str) -> SafeString:
    """The text with each token as a name, not as code between braces."""
    parts = enumerate(TOKEN.split(text))
    return format_html_join("", "{}", ((format_html("<code>{}</code>", p) if odd % 2 else p,) for odd, p in parts))


def body_shown(text: str) -> SafeString:
    """A standard text as it reads, each token as a name; what cannot be read as mark-up is shown as it was typed."""
    try:
        html = marked_up(text)
    except InputError:
        return SafeString(linebreaks(text, autoescape=True))
    return mark_safe(TOKEN.sub(r"<code>\1</code>", html))  # noqa: S308 - cleaned, or escaped piece by piece; names are letters


def nobody_answers(section: Section) -> bool:
    """A slot is answered for by each review's own representative."""
    return not section.slot and (section.function is None or section.function.contributor is None)


class TemplatePage(VersionPage[TemplateVersion]):
    """One version as one person sees it."""

    SAYS = {
        "create": gettext_lazy("began this version"),
        "edit": gettext_lazy("edited it"),
        "publish": gettext_lazy("published it"),
        "retire": gettext_lazy("retired it"),
        "discard": gettext_lazy("discarded it"),
        "reinstate": gettext_lazy("reinstated it"),
        "unpublish": gettext_lazy("took it back to a draft"),
    }

    @cached_property
    def sections(self) -> list[Section]:
        found = self.read()
        for section in found:
            section.title_shown, section.body_shown = with_tokens(section.title), body_shown(section.body)
            section.reach = whom(section.conditions) if section.conditions else ""
        return found

    def read(self) -> list[Any]:
        """The sections as they read now: what was accepted into the library since stands in its place."""
        rows = self.of.sections.select_related("function__contributor", "template")
        found = put_in(rows, in_force(self.of, ""))
        for section in found:
            section.stale = section.revision is not None and section.revision.is_stale(localdate())
        return found

    @property
    def without_owner(self) -> list[Section]:
        """Sections that contributors write and that no function owns, or nobody answers for."""
        written = [section for section in self.sections if section.is_asked]
        return [section for section in written if nobody_answers(section)]

    @cached_property
    def under_way(self) -> int:
        """Reviews under way that keep this version until they close."""
        return ReviewRequest.objects.filter(template=self.of).exclude(status__in=ENDED).count()

    @property
    def note(self) -> str:
        """What the version is to those who ask for reviews now."""
        kept = ngettext(
            "%(n)d review under way keeps it until it closes",
            "%(n)d reviews under way keep it until they close",
            self.under_way,
        )
        kept = kept % {"n": self.under_way} if self.under_way else _("no review under way has it")
        return {
            S.DRAFT: _("not in use yet"),
            S.PUBLISHED: _("new requests begin with it; %(kept)s") % {"kept": kept},
            S.RETIRED: _("no new request begins with it; %(kept)s") % {"kept": kept},
            S.DISCARDED: _("discarded, never published"),
        }[S(self.of.status)]

    @cached_property
    def panels(self) -> list[Any]:
        return panels(self.of, self.user)
