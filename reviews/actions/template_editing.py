"""Writing a draft of the standard template: begun from the published version, changed section by section (R-04, R-05).

Every change stands in the template's own log and counts its version on, so that two people at one draft find each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.book import click
from acr_program.workflow.edit import begin, note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.machine import Taken
from acr_program.workflow.perform import again, answered, check_seen

from ..choices import TemplateStatus as S
from ..markup import tidy
from ..models import Section, TemplateVersion
from ..prose import marked_up
from ..texts import in_force, put_in
from ..tokens import spoken

MOST_SECTIONS = 60
TAKEN = {"contents", "notes", "cover"}  # names that a document uses itself
ASIDE = 10_000  # where places wait while they are given anew: no two sections ever share one


class Change:
    """What one click does to a draft: the fresh row, and what its log will say."""

    def __init__(self, template: TemplateVersion) -> None:
        self.template = template
        self.changed: dict[str, list[Any]] = {}
        self.comment = ""
        self.repeated = False


def may_edit(user: User) -> bool:
    return program_managers(user)


def why_not(template: TemplateVersion) -> str:
    """Why nothing can be edited in this version; empty where it can."""
    if template.status == S.DRAFT:
        return ""
    return _("Only a draft can be edited. What is published stays as it is; a new draft begins from it.")


def draft_of(audience: str) -> TemplateVersion | None:
    """The newest draft for this audience."""
    return TemplateVersion.objects.filter(audience=audience, status=S.DRAFT).order_by("-number").first()


def begin_draft(published: TemplateVersion, *, by: User) -> tuple[TemplateVersion, bool]:
    """A draft with the sections of the published version, and whether it is new: an audience has one at a time.

    The published row is locked, so that of two who begin the second is led to what the first has made.
    """
    if not may_edit(by):
        raise PermissionDenied(_("The standard template is edited by the program manager."))
    with click():
        published = lock(published)
        if published.status != S.PUBLISHED:
            raise Refused(_("A draft begins from the published version, and this one is not published any more."))
        if known := draft_of(published.audience):
            return known, False
        last = TemplateVersion.objects.filter(audience=published.audience).aggregate(last=Max("number"))["last"]
        draft = TemplateVersion(audience=published.audience, number=last + 1)
        draft = begin(draft, by=by, comment=_("Begun from %(version)s.") % {"version": published})
        copy_sections(published, draft)
        return draft, True


def copy_sections(of: TemplateVersion, to: TemplateVersion) -> None:
    """Every section in the words that the library has for it now, with whatever else is kept of it."""
    names = [field.attname for field in Section._meta.concrete_fields if field.attname not in ("id", "template_id")]
    rows = [Section(template=to, **row) for row in of.sections.order_by("place").values(*names)]
    Section.objects.bulk_create(put_in(rows, in_force(of, "")))


@contextmanager
def changing(template: TemplateVersion, *, by: User, seen: int | None, key: str | None) -> Iterator[Change]:
    """One change of a draft, whole or not at all; raises Stale, Refused or PermissionDenied with a sentence.

    The same click again changes nothing. A change that says nothing was changed writes nothing.
    """
    if not may_edit(by):
        raise PermissionDenied(_("The standard template is edited by the program manager."))
    with click():
        fresh = lock(template, key)
        change = Change(fresh)
        if done := answered(fresh, key):
            again(fresh, done, "edit")
            change.repeated = True
            yield change
            return
        check_seen(fresh, seen, None)
        if reason := why_not(fresh):
            raise Refused(reason)
        yield change
        if change.changed:
            entry = note(fresh, by=by, changed=change.changed, comment=change.comment, key=key)
            fresh.taken = Taken(entry, repeated=False)


def add_section(
    template: TemplateVersion, fields: dict[str, Any], *, by: User, seen: int | None, key: str | None = None
) -> Section | None:  # fmt: skip
    """A new section at the end; None where this click has added it before."""
    with changing(template, by=by, seen=seen, key=key) as change:
        if change.repeated:
            return None
        places = list(change.template.sections.values_list("place", "key"))
        if len(places) >= MOST_SECTIONS:
            raise Refused(_("A document has %(n)d sections at most: remove one first.") % {"n": MOST_SECTIONS})
        section = Section(template=change.template, **fields)
        section.place = max((place for place, _key in places), default=0) + 1
        section.key = free_key(section.title, {name for _place, name in places})
        section.save(force_insert=True)
        change.changed = {"section": [None, section.key]} | told({}, fields)
        change.comment = _("“%(title)s” added.") % {"title": spoken(section.title)}
    return section


def free_key(title: str, taken: set[str]) -> str:
    """The name by which a section is known from version to version: out of its first title, kept when that changes."""
    base = slugify(title)[:32].strip("-_").replace("_", "-") or "section"
    base = base if base[0].isalpha() else f"s-{base}"
    names = (base, *(f"{base}-{number}" for number in range(2, MOST_SECTIONS + 3)))
    return next(name for name in names if name not in taken | TAKEN)


def change_section(
    section: Section, fields: dict[str, Any], *, by: User, seen: int | None, key: str | None = None
) -> None:  # fmt: skip
    """Other words, another kind, other conditions: what differs is logged as it stood and as it stands."""
    with changing(section.template, by=by, seen=seen, key=key) as change:
        if change.repeated:
            return
        kept = change.template.sections.get(pk=section.pk)
        before = {name: getattr(kept, name) for name in fields}
        differs = {name: value for name, value in fields.items() if before[name] != value}
        if "body" in differs and kept.sound and tidy(marked_up(kept.body)) == differs["body"]:
            del differs["body"]  # the same words, as the editor keeps them
        if not differs:
            return
        for name, value in differs.items():
            setattr(kept, name, value)
        kept.save(update_fields=list(differs))
        change.changed = {"section": [kept.key, kept.key]} | told(before, differs)
        change.comment = _("“%(title)s” changed.") % {"title": spoken(kept.title)}


def remove_section(section: Section, *, by: User, seen: int | None, key: str | None = None) -> None:
    with changing(section.template, by=by, seen=seen, key=key) as change:
        kept = change.template.sections.filter(pk=section.pk).first()
        if change.repeated or kept is None:
            return
        change.changed = {"section": [kept.key, None], "body": [kept.body, None]}
        change.comment = _("“%(title)s” removed.") % {"title": spoken(kept.title)}
        kept.delete()


def move_section(section: Section, by_places: int, *, by: User, seen: int | None, key: str | None = None) -> None:
    """Up (-1) or down (1); at the end of the row it stays."""
    with changing(section.template, by=by, seen=seen, key=key) as change:
        if change.repeated:
            return
        names = list(change.template.sections.order_by("place").values_list("key", flat=True))
        at = names.index(section.key)
        to = min(max(at + by_places, 0), len(names) - 1)
        names.insert(to, names.pop(at))
        in_order(change, names)


def order_sections(
    template: TemplateVersion, names: list[str], *, by: User, seen: int | None, key: str | None = None
) -> None:  # fmt: skip
    """All of them in this order, by their keys; Refused where these are not the sections that there are."""
    with changing(template, by=by, seen=seen, key=key) as change:
        if not change.repeated:
            in_order(change, names)


def in_order(change: Change, names: list[str]) -> None:
    rows = {row.key: row for row in change.template.sections.order_by("place")}
    if sorted(rows) != sorted(names):
        raise Refused(_("These are not the sections of this version: look at it as it is now."))
    if list(rows) == names:
        return
    Section.objects.filter(template=change.template).update(place=F("place") + ASIDE)
    for place, name in enumerate(names, start=1):
        rows[name].place = place
    Section.objects.bulk_update(rows.values(), ["place"])
    change.changed = {"order": [list(rows), names]}
    change.comment = _("The sections are in another order.")


def told(before: dict[str, Any], now: dict[str, Any]) -> dict[str, list[Any]]:
    """What stood and what stands, as the log keeps it."""
    return {name: [plain(before.get(name)), plain(value)] for name, value in now.items()}


def plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.pk if hasattr(value, "pk") else value
