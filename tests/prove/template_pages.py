"""The forms of the template's editor, as they are sent: one draft, and one effect of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from reviews.actions.template_editing import add_section, begin_draft
from reviews.models import Section, TemplateVersion, Trial
from tests.factories import fresh, make_account, make_template, office

if TYPE_CHECKING:
    from .pages import Page, Sent

WORDS = {"title": "Cold chain", "kind": "standard", "body": "<p>Never above 4 degrees.</p>", "required": "on"}


def template_pages(page: type[Page], sent: Callable[..., Sent]) -> Iterator[Page]:
    drafts = TemplateVersion.objects.filter(audience="executive", status="draft")

    def published() -> TemplateVersion:
        return TemplateVersion.objects.published("executive") or make_template()

    def draft() -> TemplateVersion:
        return fresh(begin_draft(published(), by=office("manager"))[0])

    def section() -> Section:
        one = draft()
        found = add_section(one, {"title": "Once", "kind": "standard"}, by=office("manager"), seen=one.version)
        assert found is not None
        return found

    def on_section(path: str, **data: Any) -> Callable[[], Sent]:
        def make() -> Sent:
            one = section()
            return sent(path, one.template_id, one.key, of=fresh(one.template), **data)

        return make

    def order() -> Sent:
        one = section()
        return sent("reviews:template-order", one.template_id, of=fresh(one.template), move=f"up {one.key}")

    def new() -> Sent:
        one = draft()
        rows = one.sections.filter(title="Cold chain")
        return sent("reviews:section-new", one.pk, of=one, rows=rows, **WORDS)

    def trial() -> Sent:
        one, account = draft(), make_account()
        return sent("reviews:template-try", one.pk, rows=Trial.objects.filter(template=one), account=account.pk)

    yield page("reviews:template-draft", "manager", lambda: sent("reviews:template-draft", published().pk, rows=drafts))
    yield page("reviews:section-new", "manager", new)
    yield page("reviews:section-edit", "manager", on_section("reviews:section-edit", **WORDS | {"title": "Twice"}))
    yield page("reviews:section-remove", "manager", on_section("reviews:section-remove"))
    yield page("reviews:template-order", "manager", order)
    yield page("reviews:template-try", "manager", trial)
