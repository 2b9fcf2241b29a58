"""What a document would be made of, were a version of the template used for an account today."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Account
from acr_program.charter.models import ProgramYear
from acr_program.jobs.errors import PermanentError
from acr_program.people.models import User
from acr_program.render import charts, editions, words
from acr_program.render.schema import check

from .choices import ASKED
from .compiler import opening_of, section_of, whole
from .conditions import applying
from .content import tokens
from .content.content import Content
from .content.notes import notes_of
from .models import ReviewRequest, Section, TemplateVersion
from .origins import origin_of
from .texts import in_force, put_in

SCREEN = "screen"


def as_if(template: TemplateVersion, account: Account) -> ReviewRequest:
    """A review of the account that was never asked for: it is in no database and has no answers."""
    year = ProgramYear.objects.order_by("-begins_on").first()
    if year is None:
        raise PermanentError(_("No program year is entered yet: a document says which one it is about."))
    request = ReviewRequest(
        account=account, year=year, audience=template.audience, template=template, meeting_on=localdate(),
        recipient=account.contacts.order_by("-is_main", "pk").first(),
    )  # fmt: skip
    request.rep = account.manager or request.program.manager
    return request


def inputs_on(template: TemplateVersion, account: Account) -> dict[str, Any]:
    """The inputs of the trial: the sections that apply to the account, with a word where a contributor's will stand."""
    content = Content(as_if(template, account))
    named = tokens.nested(content)
    rows = template.sections.select_related("function__contributor").order_by("place")
    mine = put_in(applying(rows, account), in_force(template, account.business_unit))
    sections = [tried(section, content, named) for section in mine]
    notes = notes_of(content.years, content.currency, content.say)
    return whole(content, particulars_of(template), [section for section in [*sections, notes] if section])


def particulars_of(template: TemplateVersion) -> dict[str, Any]:
    return {
        "number": f"T{template.pk}-{template.version}",
        "issued": localdate().isoformat(),
        "audience": template.get_audience_display(),
        "meeting": None,
        "template": f"{template}, {template.get_status_display().lower()}",
    }


def picture_on(template: TemplateVersion, content: Content, shows: str) -> SafeString:
    """The chart that a section of figures would have, as the document draws it; empty where the figures do not suffice."""
    data = check(whole(content, particulars_of(template), []))
    say = words.filters(data["locale"], data["currency"])
    drawn = charts.draw(data, editions.tokens(SCREEN), say).get(shows)
    return SafeString(drawn or "")


def tried(section: Any, content: Content, named: dict[str, Any]) -> dict[str, Any] | None:
    """The section as the document would have it; one that somebody is asked to write says who."""
    section.origin = origin_of(section, None, content.request, localdate())
    if section.kind not in ASKED:
        return section_of(section, None, content, named, {})
    html = placeholder(section, content.request.rep)
    return opening_of(section, named) | {"kind": "input", "html": html, "origin": section.origin}


def placeholder(section: Section, rep: User) -> str:
    """Who will write here, and what they are asked."""
    function = section.function
    writer = rep if section.slot else function.contributor if function else None
    told = _("Here stands what %(name)s writes.") % {"name": writer.name if writer else _("a contributor")}
    return f"<p><em>{escape(told)} {escape(section.guidance)}</em></p>"
