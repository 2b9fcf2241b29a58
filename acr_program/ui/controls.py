"""How a form field becomes a control: classes, ids and aria in one place, so that <c-field> stays a drawing."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from acr_program.ui.markup import attribute, safe

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
LONG = (forms.Textarea,)


@dataclass(frozen=True)
class Option:
    """One radio or tick of a group."""

    widget: SafeString
    id: str
    label: Any
    note: Any


def shape(field: BoundField) -> str:
    """group: several ticks under a legend; choice: one tick before its label; plain: a control under its label."""
    widget = field.field.widget
    if isinstance(widget, GROUPS):
        return "group"
    return "choice" if isinstance(widget, forms.CheckboxInput) else "plain"


def help_id(field: BoundField) -> str:
    return f"{field.auto_id or field.html_name}-help"


def error_id(field: BoundField) -> str:
    return f"{field.auto_id or field.html_name}-error"


def described_by(field: BoundField) -> str:
    """The error first, as it is more urgent; then the help."""
    ids = [error_id(field)] if field.errors else []
    if field.help_text or getattr(field.field, "words", None):
        ids.append(help_id(field))
    return " ".join(ids)


def draw(field: BoundField, size: str = "", read: bool = False) -> SafeString:
    """The control of a plain field or a single tick."""
    attrs: dict[str, Any] = {} if shape(field) == "choice" else {"class": "input"}
    given = field.field.widget.attrs
    if given.get("class") and "class" in attrs:
        attrs["class"] = f"input {given['class']}"
    attrs["aria-describedby"] = described_by(field) or False  # False keeps Django from saying it in its own way
    attrs["aria-invalid"] = "true" if field.errors else False
    if size:
        attrs["data-size"] = size
    if read or getattr(field.field.widget, "reading", False):
        attrs["data-kind"] = "read"
    if limit := getattr(field.field, "words", None):
        attrs["data-words"] = limit
    return field.as_widget(attrs=attrs)


def question(
    field: BoundField, size: str = "", wide: object = "", read: object = "", unmarked: object = ""
) -> SafeString:
    """A plain field whole: label, control, what is wrong with it, help."""
    label = f'<label for="{safe(field.id_for_label)}">{safe(field.label)}{optional(field, unmarked)}</label>'
    room = " data-wide" if wide else ""
    control = draw(field, size, bool(read))
    return SafeString(f'<div class="field"{room}>\n  {label}\n  {control}\n{errors(field)}{help_of(field)}\n</div>')


def optional(field: BoundField, unmarked: object = "") -> str:
    """What stands behind a label that need not be answered; a field whose choices say so themselves is `unmarked`."""
    one_of = getattr(field.field, "one_of", None)
    if one_of or not (field.field.required or unmarked or getattr(field.field, "unmarked", False)):
        words = f"({safe(one_of)})" if one_of else safe(_("(optional)"))
        return f' <span class="field__optional">{words}</span>'
    return ""


def errors(field: BoundField) -> str:
    """Each error as a sentence; the first is the one that the control is described by."""
    return "".join(
        f'<p class="field__error"{attribute("id", "" if place else f"{field.auto_id}-error")}>{safe(error)}</p>'
        for place, error in enumerate(field.errors)
    )


def help_of(field: BoundField) -> str:
    limit = getattr(field.field, "words", None)
    if not (field.help_text or limit):
        return ""
    most = safe(_("At most %(n)s words.") % {"n": limit})
    counter = f' <span data-count-for="{safe(field.auto_id)}">{most}</span>' if limit else ""
    return f'<p class="field__help" id="{safe(field.auto_id)}-help">{safe(field.help_text)}{counter}</p>'


def options(field: BoundField) -> list[Option]:
    """Each option of a group with its own id; an option's note comes from the widget or from the enum behind it."""
    notes = getattr(field.field.widget, "notes", {})
    return [
        Option(
            bare(subwidget, field),
            subwidget.id_for_label,
            subwidget.choice_label,
            notes.get(str(subwidget.data["value"]), ""),
        )
        for subwidget in field.subwidgets
    ]


def bare(subwidget: Any, field: BoundField) -> SafeString:
    """The input of one option, without the label that Django wraps around it."""
    data = subwidget.data
    return format_html(
        '<input type="{}" name="{}" value="{}" id="{}"{}{}{}>',
        data["type"],
        data["name"],
        data["value"],
        subwidget.id_for_label,
        SafeString(" checked") if data["selected"] else "",
        SafeString(" disabled") if field.field.disabled else "",
        SafeString(' aria-invalid="true"') if field.errors else "",
    )


def target(field: BoundField) -> str:
    """Where a link to this field leads: the control, or the first one of a group."""
    if shape(field) == "group":
        return next((option.id for option in options(field)), field.auto_id)
    return field.id_for_label or field.auto_id
