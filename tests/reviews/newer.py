"""A newer version of the template for reviews that are under way."""

from __future__ import annotations

from typing import Any

from acr_program.workflow.edit import begin
from reviews.models import Section, TemplateVersion
from tests.factories import office, take, try_out


def a_newer(
    *, without: tuple[str, ...] = (), add: tuple[dict[str, Any], ...] = (), change: dict[str, dict[str, Any]] | None = None,
    status: str = "published",
) -> TemplateVersion:  # fmt: skip
    """A copy of the published version under the next number, without these sections, with others, or with other rules."""
    before = TemplateVersion.objects.get(audience="executive", status="published")
    newer = begin(TemplateVersion(audience="executive", number=before.number + 1), by=office("manager"))
    names = [of.attname for of in Section._meta.concrete_fields if of.attname not in ("id", "template_id")]
    rows = [
        {name: getattr(section, name) for name in names} | (change or {}).get(section.key, {})
        for section in before.sections.order_by("place")
        if section.key not in without
    ]
    rows += [{"kind": "input", "title": row["key"].title()} | row for row in add]
    Section.objects.bulk_create(
        Section(template=newer, **(row | {"place": place})) for place, row in enumerate(rows, start=1)
    )
    if status != "published":
        return newer
    try_out(newer)
    return take(newer, "publish", office("manager"))
