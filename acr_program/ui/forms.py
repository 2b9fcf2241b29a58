"""The base of every form: fields drawn by <c-field>, errors beside them in plain words, what was typed kept.

Use `Form` or `ModelForm`; `Cards` for decisions of two or three, `Long` for text with a word limit, `Day` for dates.
In a template: `<c-form :form="form" action="" submit="Keep" />`, or `<c-field :of="form.title" />` one by one.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_LABEL
from django.forms.renderers import DjangoTemplates
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from acr_program.ui import widgets
from acr_program.ui.phrases import word_count

AUTOCOMPLETE = {forms.EmailField: "email", forms.URLField: "url"}  # what a browser may fill in by itself
MISSING = _("This is still missing.")
LIMITS = {"min_value": _("At least %(limit_value)s, please."), "max_value": _("At most %(limit_value)s, please.")}
CHOOSE = _("Please choose")


class Renderer(DjangoTemplates):
    """Forms and fields through our components; single widgets as Django draws them, the plain ones without a template."""

    form_template_name = "ui/form_fields.html"
    field_template_name = "ui/form_field.html"

    def get_template(self, template_name: str) -> Any:
        return get_template(template_name) if template_name.startswith("ui/") else super().get_template(template_name)

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        return widgets.drawn(template_name, context) or super().render(template_name, context, request)


class Base:
    """What every form of the program has in common."""

    default_renderer: Any = Renderer()  # one for all: a new one would compile every widget's template again
    use_required_attribute = False  # the browser's own bubbles say less than our sentences

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = MISSING
            field.error_messages = {**LIMITS, **field.error_messages}
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == BLANK_CHOICE_LABEL:
                field.empty_label = CHOOSE
            known = next((word for kind, word in AUTOCOMPLETE.items() if isinstance(field, kind)), "")
            if known:
                field.widget.attrs.setdefault("autocomplete", known)

    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Fields in groups: `headings = {"The meeting": ["meeting_on", "place"]}`; without, one unheaded group."""
        shown = {field.name: field for field in self.visible_fields()}  # type: ignore[attr-defined]
        headed = [
            (title, [shown.pop(name) for name in named if name in shown])
            for title, named in getattr(self, "headings", {}).items()
        ]
        return [part for part in headed if part[1]] + ([("", list(shown.values()))] if shown else [])


class Form(Base, forms.Form):
    """A form of the program."""


class ModelForm(Base, forms.ModelForm):
    """A form of the program over one row."""


class Day(forms.DateField):
    """A day, typed or picked; sent as year-month-day whatever the language."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ["%Y-%m-%d"]
    default_error_messages = {"invalid": _("This is no date. Write it as year-month-day, like 2026-12-10.")}


class Long(forms.CharField):
    """Text of several lines, with a limit in words that the page counts down and the server holds."""

    def __init__(self, *, words: int | None = None, rows: int = 3, reading: bool = False, **kwargs: Any) -> None:
        self.words = words
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)
        self.widget.reading = reading

    def validate(self, value: str) -> None:
        super().validate(value)
        over = word_count(value) - self.words if self.words else 0
        if over > 0:
            raise ValidationError(
                ngettext("This is %(n)d word too long.", "This is %(n)d words too long.", over) % {"n": over}
                + " "
                + str(_("At most %(words)d are printed.") % {"words": self.words})
            )


class Cards(forms.RadioSelect):
    """A decision of two or three, each a card with a note: `Cards(notes={"print": "Two days before the meeting"})`."""

    cards = True

    def __init__(
        self, attrs: Mapping[str, Any] | None = None, choices: Any = (), notes: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(dict(attrs or {}), choices)
        self.notes = {str(value): note for value, note in (notes or {}).items()}


class Several(forms.CheckboxSelectMultiple):
    """Several ticks under one legend, each with its note."""

    cards = False

    def __init__(
        self, attrs: Mapping[str, Any] | None = None, choices: Any = (), notes: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(dict(attrs or {}), choices)
        self.notes = {str(value): note for value, note in (notes or {}).items()}
