"""What components need from Python. `{% load ui %}` where a page wants a phrase, a tone, or a click's key."""

import uuid
from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from acr_program.ui import controls, links, markup, phrases, queues, timelines, tones, wayback
from acr_program.ui.parts import Fragment
from acr_program.ui.shell import Shell

register = template.Library()

LEVELS = {"success": "good", "info": "info", "warning": "warn", "error": "bad"}

register.filter("tone", tones.tone_of)
register.filter("label", tones.label_of)
register.filter("day", phrases.day)
register.filter("long_day", phrases.long_day)
register.filter("moment", phrases.moment)
register.filter("room", phrases.room)
register.filter("room_tone", phrases.room_tone)
register.filter("names", phrases.names)
register.filter("few", phrases.few)
register.filter("number", phrases.number)
register.filter("word_count", phrases.word_count)
register.filter("sentence", phrases.sentence)
register.simple_tag(markup.icon, name="icon")
register.simple_tag(markup.person, name="person")
register.simple_tag(markup.count, name="count")
register.simple_tag(links.navigation, name="navigation")
register.simple_tag(links.beside_search, name="beside_search")
register.simple_tag(queues.rows_of, name="queue_rows")
register.simple_tag(timelines.entries_of, name="timeline_entries")
register.simple_tag(markup.small_life, name="small_life")
register.simple_tag(markup.life_words, name="life_words")
register.filter("initials", markup.initials)
register.filter("address", markup.address)


@register.simple_tag
def badge(of: Any = "", label: Any = "", tone: str = "", kind: str = "", size: str = "", field: str = "") -> SafeString:
    """A badge of an object's state, of an enum's member, or of a plain label and tone."""
    field = field or "status"
    said = label or tones.label_of(of, field)
    return markup.badge(said, tone or (tones.tone_of(of, field) if of else ""), kind, size)


@register.simple_tag
def click_key() -> str:
    """The key of one click: fresh each time a form is drawn, so that the same click arriving twice is known."""
    return str(uuid.uuid4())


@register.simple_tag
def witness(of: Any, form: Any = None) -> SafeString:
    """The hidden fields of a form that changes a machine: the version that was read, and the key of the click.

    A form that comes back with an error keeps the version it was first read at: what
    changed meanwhile stays a conflict.
    """
    given = getattr(form, "data", None) or {}
    seen = given.get("seen") or getattr(of, "version", "")
    return format_html(
        '<input type="hidden" name="seen" value="{}"><input type="hidden" name="key" value="{}">', seen, click_key()
    )


@register.simple_tag
def step_url(of: Any, name: str) -> str:
    """Where a step of this object is taken."""
    found = getattr(of, "steps_url", None)
    if callable(found):
        return str(found(name))
    return f"{found}{name}/" if found else f"{of.get_absolute_url()}steps/{name}/"


@register.simple_tag
def control(field: BoundField, size: str = "", read: bool = False) -> SafeString:
    """The control itself, with everything that binds it to its label, help and error."""
    return controls.draw(field, size=size, read=read)


register.simple_tag(controls.question, name="question")


@register.filter
def shape(field: BoundField) -> str:
    """choice, group or plain: how a field is laid out."""
    return controls.shape(field)


@register.filter
def options(field: BoundField) -> list[controls.Option]:
    """The options of a radio or checkbox group, each with its note."""
    return controls.options(field)


@register.filter
def wrong_fields(form: Any) -> list[BoundField]:
    """The fields of a form that have errors, in order."""
    return [field for field in form.visible_fields() if field.errors]


@register.filter
def only_missing(form: Any) -> bool:
    """Whether all that is wrong is that answers are missing."""
    return all(error.code == "required" for errors in form.errors.as_data().values() for error in errors)


@register.filter
def words(text: str) -> list[str]:
    """The words of a line, for short lists in a template."""
    return text.split()


@register.filter
def listed(names: Any) -> Any:
    """A list, or the parts of “Account|State|Meeting”."""
    return names.split("|") if isinstance(names, str) and names else names or []


@register.filter
def message_tone(message: Any) -> str:
    """The tone of one of Django's messages."""
    return LEVELS.get(message.level_tag, "neutral")


@register.filter
def undo_in(message: Any) -> str:
    """What the message offers to take back: the number of its row in the log; empty where it offers nothing."""
    word, _dash, number = (message.extra_tags or "").partition("-")
    return number if word == "undo" and number.isdecimal() else ""


@register.filter
def is_wide(filters: Any, field: BoundField) -> bool:
    """Whether a filter asked for more room."""
    return field.name in filters.wide


@register.filter
def target(field: BoundField) -> str:
    """The id that a link to this field leads to."""
    return controls.target(field)


@register.filter
def described(field: BoundField) -> str:
    """The ids of what describes a group, or nothing."""
    return controls.described_by(field)


@register.filter
def cell_name(name: Any) -> str:
    """An id made of a title."""
    return slugify(str(name)) or "part"


@register.filter
def percent(value: Any, of: Any = 100) -> int:
    """How much of the whole, as a whole number."""
    return round(100 * float(value) / float(of)) if of else 0


@register.simple_tag(takes_context=True)
def back_to(context: Any, url: str) -> str:
    """The address of a list as this reader left it; any other address as it is."""
    return wayback.back_to(context.get("request"), reverse(url) if ":" in url and "/" not in url else url)


@register.simple_tag(takes_context=True)
def the_shell(context: Any) -> Shell:
    """What base.html and gate.html draw around a page; made here, so that a fragment never pays for it."""
    return Shell(context["request"])


@register.simple_tag(takes_context=True)
def drawn(context: Any, fragment: Any) -> SafeString:
    """What another app shows on this page; forms in it carry the token of this request."""
    if isinstance(fragment, Fragment):
        return render_to_string(fragment.template, fragment.said, context.get("request"))
    return conditional_escape(fragment)
