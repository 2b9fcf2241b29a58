"""The editor of a draft: its sections in order, what it still lacks, and how one section reads while it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from acr_program.jobs.errors import PermanentError
from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.render.checking import InputError
from acr_program.workflow.offers import Offer
from reviews import conditions
from reviews.choices import SectionKind, Shows
from reviews.content import tokens as token_values
from reviews.content.content import Content
from reviews.kept_text import kept_text, plain_line
from reviews.models import Section, TemplateVersion
from reviews.models.template import STANDARD_TEXT, has_sections, owned, sound, tried
from reviews.prose import filled, marked_up
from reviews.tokens import TOKEN, tokens
from reviews.trying import as_if, picture_on

from .template_page import with_tokens

CHECKS: dict[Any, str | Promise] = {
    has_sections: gettext_lazy("It has sections"),
    sound: gettext_lazy("A document can be made of every text"),
    owned: gettext_lazy("Every required section has an owner"),
    tried: gettext_lazy("It renders on an account as it stands"),
}
WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Check:
    """One condition of publishing: what it is, and what is missing where it is not met."""

    label: Any
    missing: str

    @property
    def mood(self) -> str:
        return "" if self.missing else "done"


@dataclass(frozen=True)
class Named:
    """One token beside the editor."""

    name: str
    typed: str
    sentence: str
    value: str = ""


class EditorPage:
    """One draft as the program manager edits it."""

    def __init__(self, template: TemplateVersion, user: User) -> None:
        self.template, self.user = template, user

    @cached_property
    def sections(self) -> list[Any]:
        found: list[Any] = list(self.template.sections.select_related("function"))
        for place, section in enumerate(found):
            section.title_shown = with_tokens(section.title)
            section.reach = conditions.whom(section.conditions) if section.conditions else ""
            section.first, section.last = place == 0, place == len(found) - 1
        return found

    @property
    def publish(self) -> list[Offer]:
        """The step as it is offered elsewhere, out of the conditions that stand beside it."""
        step = self.template.find("publish")
        unmet = [check.missing for check in self.checks if check.missing]
        return [Offer(step, unmet, main=not unmet)] if step and step.is_for(self.user, self.template) else []

    @cached_property
    def checks(self) -> list[Check]:
        """Every condition of publishing, done or missing."""
        step = self.template.declared_steps()["publish"]
        return [
            Check(CHECKS.get(need, need.says), need.missing(self.template)) for need in self.template.needs_of(step)
        ]

    @cached_property
    def published(self) -> TemplateVersion | None:
        return TemplateVersion.objects.published(self.template.audience)


def listed(sought: str, values: dict[str, str] | None = None) -> list[Named]:
    """The tokens of which name or sentence has all the words looked for."""
    words = sought.lower().split()
    rows = [Named(name, f"{{{{ {name} }}}}", str(says), (values or {}).get(name, "")) for name, says in tokens()]
    return [row for row in rows if all(word in f"{row.name} {row.sentence}".lower() for word in words)]


def account_named(words: str, user: User) -> Account | None:
    """The first account whose name or number begins with what was typed, else one that holds it."""
    words = folded(words.strip())
    if not words:
        return None
    seen = Account.objects.visible_to(user).select_related("manager")
    begins = seen.filter(search__startswith=words).order_by("name", "pk").first()
    return begins or seen.filter(search__contains=words).order_by("name", "pk").first()


class Reading:
    """One section as it would read: as typed so far, or as it is published; for an account, with what its tokens say."""

    def __init__(self, template: TemplateVersion, fields: dict[str, Any], account: Account | None) -> None:
        self.template, self.fields, self.account = template, fields, account

    @cached_property
    def content(self) -> Content | None:
        """What the account has on file; None without an account, or before there is a year to read anything for."""
        try:
            return Content(as_if(self.template, self.account)) if self.account else None
        except PermanentError:
            return None

    @cached_property
    def values(self) -> dict[str, str] | None:
        if self.content is None:
            return None
        return {name: found.said(self.content) for name, found in token_values.readings_of(self.content).items()}

    @cached_property
    def wrong(self) -> list[str]:
        """What would be refused at save, field by field."""
        found = []
        for name, label, hold in (
            ("title", _("Title"), plain_line), ("lede", _("Opening line"), plain_line), ("body", _("Standard text"), kept_text),
        ):  # fmt: skip
            try:
                hold(self.fields.get(name, ""))
            except ValidationError as error:
                found += [f"{label}. {message}" for message in error.messages]
        return found

    @property
    def title(self) -> SafeString:
        return self.line("title")

    @property
    def lede(self) -> SafeString:
        return self.line("lede")

    def line(self, name: str) -> SafeString:
        text = self.fields.get(name, "")
        if self.values is None:
            return with_tokens(text)
        return SafeString(escape(filled(text, self.values)))

    @property
    def html(self) -> SafeString:
        kind = self.fields.get("kind", "")
        if kind not in STANDARD_TEXT:
            return SafeString("")
        html = kept_text(self.fields.get("body", ""))
        if self.values is None:
            return mark_safe(TOKEN.sub(r'<span class="token">\1</span>', html))  # noqa: S308 - cleaned; names are letters
        return mark_safe(marked_up(html, self.values))  # noqa: S308 - cleaned after it was filled

    @property
    def picture(self) -> SafeString:
        """The chart that the section draws of the account's figures."""
        wanted = self.fields.get("kind") == SectionKind.FIGURES and self.fields.get("shows") in Shows.values
        return (
            picture_on(self.template, self.content, self.fields["shows"]) if wanted and self.content else SafeString("")
        )

    @property
    def stands_for(self) -> str:
        """What a document has in this place that is not typed here."""
        kind, shows = self.fields.get("kind", ""), self.fields.get("shows", "")
        if kind in STANDARD_TEXT or kind not in SectionKind.values:
            return ""
        if kind == SectionKind.FIGURES and shows in Shows.values:
            return str(Shows(shows).label)
        return str(SectionKind(kind).label)

    @property
    def reach(self) -> str:
        """Who will see it, in a sentence."""
        wanted = {name: self.fields[name] for name in conditions.ATTRIBUTES if self.fields.get(name)}
        try:
            conditions.check(wanted)
        except ValidationError as error:
            return " ".join(error.messages)
        return conditions.sentence(wanted)


def as_published(reading: Reading, key: str) -> Reading | None:
    """The same section in the published version, read for the same account."""
    published = TemplateVersion.objects.published(reading.template.audience)
    section: Section | None = published.sections.filter(key=key).first() if published and key else None
    if published is None or section is None or not section.sound:
        return None
    fields = {"title": section.title, "lede": section.lede, "kind": section.kind, "shows": section.shows}
    try:
        return Reading(published, fields | {"body": marked_up(section.body)}, reading.account)
    except InputError:
        return None
