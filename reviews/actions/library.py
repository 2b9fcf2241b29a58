"""The content library: what a published version puts into it, what is proposed, accepted, and said to hold still (R-09)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils.translation import gettext as _

from acr_program.people.choices import Role
from acr_program.people.folding import bare
from acr_program.people.models import User
from acr_program.people.roles import program_office
from acr_program.workflow.book import click, clock, current, for_many
from acr_program.workflow.edit import begin, begin_many, note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock, lock_roots
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform, perform_many

from ..choices import TemplateStatus
from ..models import ContentItem, Revision, Section, TemplateVersion
from ..models.content import owner_of_text
from ..models.template import STANDARD_TEXT
from ..prose import fault_in
from ..tokens import spoken


def may_propose(user: User, item: ContentItem) -> bool:
    """Whoever answers for the text, and the office."""
    return program_office(user) or (item.current is not None and owner_of_text(user, item.current))


def propose(item: ContentItem, *, by: User, text: str, note: str = "") -> Revision:
    """A new text that waits for the program manager; their own is in use at once. Raises Refused with the sentence."""
    if not may_propose(by, item):
        raise PermissionDenied(_("A text is changed by whoever answers for it, or by the program office."))
    with click():
        made = put_forward(item, by=by, text=text, note=note)
        return perform(made, "accept", by=by, seen=made.version) if by.has(Role.MANAGER) else made


def put_forward(item: ContentItem, *, by: User, text: str, note: str = "") -> Revision:
    """The proposal itself, inside the click that makes it."""
    if fault := fault_in(text):
        raise Refused(fault)
    with click() as book:
        lock_roots(Revision, [item.pk], book)
        last = item.revisions.aggregate(last=Max("number"))["last"] or 0
        return begin(Revision(item=item, number=last + 1, author=by, text=text, note=note), by=by, comment=note)


def propose_for_unit(item: ContentItem, *, by: User, unit: str, text: str, note: str = "") -> Revision:
    """The first text of the same section for one business unit alone; the others keep the one there is."""
    if not may_propose(by, item):
        raise PermissionDenied(_("A text is changed by whoever answers for it, or by the program office."))
    with click():
        own, made = ContentItem.objects.get_or_create(
            audience=item.audience, key=item.key, unit=unit, defaults={"title": item.title, "function": item.function}
        )
        if not made and own.current_id:
            raise Refused(_("%(unit)s has a text of its own already: change that one.") % {"unit": unit})
        proposed = put_forward(own, by=by, text=text, note=note)
        return perform(proposed, "accept", by=by, seen=proposed.version) if by.has(Role.MANAGER) else proposed


def put_all_in_use(revisions: list[Revision], entries: list[LogEntry]) -> None:
    items = []
    for revision in revisions:
        revision.item.current = revision
        revision.item.search = searchable(revision.item, revision.text)
        items.append(revision.item)
    ContentItem.objects.bulk_update(items, ["current", "search"])
    drafts_follow(revisions, entries[0])


@for_many(put_all_in_use)
def put_in_use(revision: Revision, entry: LogEntry) -> None:
    """The item's text is this one, for lists, search and every document compiled from now on."""
    put_all_in_use([revision], [entry])


def searchable(item: ContentItem, text: str) -> str:
    return bare(" ".join((item.title, item.unit, item.key, text)))


def drafts_follow(revisions: list[Revision], entry: LogEntry) -> None:
    """A template that is being drafted takes over what was accepted, where it still has the words that were in force."""
    before = {(r.item.audience, r.item.key): r for r in revisions if not r.item.unit}
    keys = {key for _audience, key in before}
    rows = Section.objects.filter(template__status=TemplateStatus.DRAFT, key__in=keys, kind__in=STANDARD_TEXT)
    changed: dict[int, list[Section]] = {}
    for section in rows.select_related("template"):
        revision = before.get((section.template.audience, section.key))
        last = revision and revision.item.revisions.accepted().exclude(pk=revision.pk).order_by("-accepted_at").first()
        if revision and last and section.body == last.text:
            section.body = revision.text
            changed.setdefault(section.template_id, []).append(section)
    for sections in changed.values():
        Section.objects.bulk_update(sections, ["body"])
        words = _("Took over what was accepted into the library: %(titles)s.")
        titles = ", ".join(spoken(section.title) for section in sections)
        draft = lock(sections[0].template)
        note(draft, by=clock(), changed={"sections": [None, titles]}, comment=words % {"titles": titles})


def take_texts(template: TemplateVersion, entry: LogEntry) -> None:
    """What a version says anew on its publication is current from it on, by the hand of whoever published it.

    A text that the version only carries over is not: what its contributor had accepted meanwhile stays.
    """
    sections = [one for one in template.sections.filter(kind__in=STANDARD_TEXT).order_by("place") if one.body.strip()]
    items = items_for(template, sections)
    before = bodies_before(template)
    anew = [one for one in sections if says_anew(one, items[one.key].current, before.get(one.key))]
    if not anew:
        return
    lock_roots(Revision, [items[one.key].pk for one in anew], current())
    old = [pk for one in anew if (pk := items[one.key].current_id)]
    perform_many(Revision.objects.filter(pk__in=old), "supersede", by=clock(), inside=entry)
    numbers = dict(
        Revision.objects.filter(item__in=items.values()).order_by().values_list("item").annotate(last=Max("number"))
    )
    made = begin_many(
        [
            Revision(
                item=items[one.key], number=numbers.get(items[one.key].pk, 0) + 1, author=entry.by, text=one.body,
                note=_("With %(template)s.") % {"template": template},
            )
            for one in anew
        ],
        by=entry.by,
    )  # fmt: skip
    rows = Revision.objects.filter(pk__in=[one.pk for one in made])
    perform_many(rows, "accept", by=entry.by, inside=entry, since=template.number)


def says_anew(section: Section, known: Revision | None, before: str | None) -> bool:
    return known is None or (section.body != known.text and section.body != before)


def bodies_before(template: TemplateVersion) -> dict[str, str]:
    """What the version before it was published with, by key."""
    rows = Section.objects.filter(template__audience=template.audience, template__number__lt=template.number)
    rows = rows.exclude(template__status=TemplateStatus.DRAFT).order_by("template__number")
    return dict(rows.values_list("key", "body"))


def items_for(template: TemplateVersion, sections: Iterable[Section]) -> dict[str, ContentItem]:
    """The item of each section, made where there is none; title and owner are as the newest version has them."""
    known = ContentItem.objects.filter(audience=template.audience).select_related("current")
    of_key: dict[str, list[ContentItem]] = {}
    for item in known:
        of_key.setdefault(item.key, []).append(item)
    new = [
        ContentItem(audience=template.audience, key=one.key, title=one.title, function_id=one.function_id)
        for one in sections
        if not any(not item.unit for item in of_key.get(one.key, ()))
    ]
    ContentItem.objects.bulk_create(new)
    moved = []
    for one in sections:
        for item in of_key.get(one.key, ()):
            if (item.title, item.function_id) != (one.title, one.function_id):
                item.title, item.function_id = one.title, one.function_id
                moved.append(item)
    ContentItem.objects.bulk_update(moved, ["title", "function"])
    whole: dict[str, Any] = {item.key: item for item in known if not item.unit}
    return whole | {item.key: item for item in new}
