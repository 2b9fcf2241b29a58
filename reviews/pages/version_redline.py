"""What one version of the standard template says otherwise than another: section by section, words and attributes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reviews.conditions import whom
from reviews.models import Section, TemplateVersion
from reviews.prose import marked_up
from reviews.tokens import spoken

from .composed import lines_of
from .differences import passages
from .template_page import with_tokens

TEXTS = ("title", "lede", "body", "guidance")
NOT_SAID = {"id", "template", "place", "key", "confirmed_on", *TEXTS}  # where and when it stands, not what it is
ADDED, GONE = (gettext_lazy("Section added"), "info"), (gettext_lazy("Section removed"), "warn")
WORDS, SET = (gettext_lazy("Words changed"), "warn"), (gettext_lazy("Set in another way"), "info")
ATTRIBUTES, MOVED = (gettext_lazy("Rules changed"), "warn"), (gettext_lazy("Moved"), "info")


@dataclass(frozen=True)
class Attribute:
    """One rule of a section that is another: what it is called, what it was, what it is."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Changed:
    """One section in which two versions differ, and in what."""

    section: Section
    title: SafeString
    marks: list[tuple[Any, str]]
    texts: list[tuple[str, SafeString]] = field(default_factory=list)  # what it is called, and its words, marked
    attributes: list[Attribute] = field(default_factory=list)
    moved: str = ""

    @property
    def key(self) -> str:
        return self.section.key


@dataclass
class VersionRedline:
    """What `now` says otherwise than `then`: two versions for one audience."""

    now: TemplateVersion
    then: TemplateVersion

    @cached_property
    def sections(self) -> tuple[list[Section], list[Section]]:
        """Those of `then` and of `now`, in order: one query."""
        rows = Section.objects.filter(template__in=[self.then.pk, self.now.pk]).select_related("function")
        found = sorted(rows, key=lambda section: section.place)
        old, new = ([s for s in found if s.template_id == version.pk] for version in (self.then, self.now))
        return old, new

    @cached_property
    def changes(self) -> list[Changed]:
        """In the order of `now`; those that are gone last."""
        old, new = self.sections
        before, moved = {section.key: section for section in old}, moves(old, new)
        found = [self.one(before.get(section.key), section, moved.get(section.key, "")) for section in new]
        kept = {section.key for section in new}
        gone = [removed(section) for section in old if section.key not in kept]
        return [change for change in [*found, *gone] if change]

    @cached_property
    def same(self) -> list[str]:
        """The titles of the sections in which nothing differs."""
        told = {change.key for change in self.changes}
        return [spoken(section.title) for section in self.sections[1] if section.key not in told]

    @staticmethod
    def one(old: Section | None, new: Section, moved: str) -> Changed | None:
        if old is None:
            return Changed(new, with_tokens(new.title), [ADDED], words_of(None, new), rules_of(new))
        texts, attributes = words_of(old, new), attributes_of(old, new)
        marks = [WORDS] if texts else [SET] if any(typed(old, n) != typed(new, n) for n in TEXTS) else []
        marks += [ATTRIBUTES] if attributes else []
        marks += [MOVED] if moved else []
        return Changed(new, with_tokens(new.title), marks, texts, attributes, moved) if marks else None

    @property
    def says(self) -> str:
        """How much differs, in one sentence."""
        if not self.changes:
            return _("Nothing differs: every section has the same words and the same rules.")
        number = len(self.changes)
        words = ngettext(
            "%(n)d section differs, %(same)d the same.", "%(n)d sections differ, %(same)d the same.", number
        )
        return words % {"n": number, "same": len(self.same)}


def removed(section: Section) -> Changed:
    return Changed(section, with_tokens(section.title), [GONE], words_of(section, None))


def moves(old: Sequence[Section], new: Sequence[Section]) -> dict[str, str]:
    """Of the sections that both have, those that stand elsewhere among the others, and behind which they stand now."""
    both = {section.key for section in old} & {section.key for section in new}
    before, after = ([section.key for section in side if section.key in both] for side in (old, new))
    stayed = {
        key
        for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        for key in after[block.b : block.b + block.size]
    }
    found, ahead = {}, ""
    for section in new:
        if section.key in both and section.key not in stayed:
            found[section.key] = _("now after “%(title)s”") % {"title": ahead} if ahead else _("now the first")
        ahead = spoken(section.title)
    return found


def typed(section: Section | None, name: str) -> str:
    return str(getattr(section, name)) if section else ""


def said(section: Section | None, name: str) -> list[str]:
    """A text in the lines in which it is read."""
    text = typed(section, name)
    return lines_of({"html": marked_up(text)}) if name in ("body", "guidance") else [text] if text else []


def words_of(old: Section | None, new: Section | None) -> list[tuple[str, SafeString]]:
    """Each text whose words differ, with what was struck and what is new."""
    found = [(name, passages(said(old, name), said(new, name))) for name in TEXTS]
    return [(label_of(name), shown) for name, shown in found if shown]


def label_of(name: str) -> str:
    of: Any = Section._meta.get_field(name)
    return capfirst(str(of.verbose_name))


def attributes() -> list[Any]:
    """Whatever a section is beside its words: each field of its own that is not a text or its place."""
    return [of for of in Section._meta.concrete_fields if of.name not in NOT_SAID]


def attributes_of(old: Section, new: Section) -> list[Attribute]:
    found = [(of, value_of(old, of), value_of(new, of)) for of in attributes()]
    return [Attribute(label_of(of.name), before, after) for of, before, after in found if before != after]


def rules_of(new: Section) -> list[Attribute]:
    """What a section that was not there is; what it does not say is left out."""
    found = [(of, value_of(new, of)) for of in attributes() if getattr(new, of.name) not in (None, "", [], {}, False)]
    return [Attribute(label_of(of.name), "", value) for of, value in found]


def value_of(section: Section, of: Any) -> str:
    value = getattr(section, of.name)
    if of.choices:
        return str(getattr(section, f"get_{of.name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if of.name == "conditions":
        return whom(value)
    if value in (None, "", [], {}):
        return _("none")
    return listed(value)


def listed(value: Any) -> str:
    """A value in words; one of several parts with its parts in a row."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {listed(part)}" for name, part in sorted(value.items()))
    if isinstance(value, list | tuple | set):
        return ", ".join(listed(part) for part in value)
    return str(value)


def others_of(version: TemplateVersion) -> list[TemplateVersion]:
    """The other versions for the same audience, the latest first."""
    return list(TemplateVersion.objects.filter(audience=version.audience).exclude(pk=version.pk).order_by("-number"))


def compared_with(version: TemplateVersion, others: Iterable[TemplateVersion], asked: str) -> TemplateVersion | None:
    """The version that was asked for; else the one before, else the next; None where there is no other."""
    others = list(others)
    chosen = [one for one in others if str(one.pk) == asked]
    earlier = [one for one in others if one.number < version.number]
    return next(iter([*chosen, *earlier, *reversed(others)]), None)
