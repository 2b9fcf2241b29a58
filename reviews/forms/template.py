"""What the program manager says of one section of a draft."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.choices import Theater
from accounts.models import Account
from acr_program.charter.models import Function
from acr_program.ui.forms import Form, Several
from reviews import conditions
from reviews.choices import SectionKind, Shows
from reviews.kept_text import plain_line, why_it_cannot_render
from reviews.models import Section
from reviews.models.template import STANDARD_TEXT
from reviews.prose import marked_up

from .standard_text import StandardText

SHOWN = 60  # segments or business units to choose among; companies have a handful


class SectionForm(Form):
    """One section: what it says, who writes it, who will see it."""

    headings: ClassVar[dict[Any, list[str]]] = {
        _("What it says"): ["title", "kind", "shows", "lede", "body"],
        _("Who writes it"): ["function", "guidance", "max_words", "required", "locked", "slot"],
        _("Who will see it"): ["sector", "business_unit", "theater", "tier"],
    }

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("Words and tokens: it stands in the contents as well.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=SectionKind.choices)
    shows = forms.ChoiceField(
        label=_("Chart or table"), choices=[("", _("the whole year in figures")), *Shows.choices], required=False,
        help_text=_("For customer figures: what is drawn of the account's performance."),
    )  # fmt: skip
    lede = forms.CharField(
        label=_("Opening line"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    body = StandardText(
        label=_("Standard text"), required=False,
        help_text=_("The same in every document. Figures and names are tokens out of the list; a blank line begins a paragraph."),
    )  # fmt: skip
    function = forms.ModelChoiceField(
        label=_("Owning function"), queryset=Function.objects.all(), required=False, empty_label=_("none")
    )
    guidance = forms.CharField(
        label=_("Guidance for the contributor"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    max_words = forms.IntegerField(label=_("Most words"), min_value=10, max_value=5000, required=False)
    required = forms.BooleanField(
        label=_("Required"), required=False, help_text=_("No document is compiled without it, unless it is waived.")
    )
    locked = forms.BooleanField(
        label=_("Locked"), required=False, help_text=_("No review may say something else in its place.")
    )
    slot = forms.BooleanField(
        label=_("Filled by the sales representative"), required=False,
        help_text=_("The one part of a document that representatives write themselves."),
    )  # fmt: skip
    sector = forms.MultipleChoiceField(label=_("Segments"), required=False, widget=Several)
    business_unit = forms.MultipleChoiceField(label=_("Business units"), required=False, widget=Several)
    theater = forms.MultipleChoiceField(label=_("Theaters"), required=False, widget=Several, choices=Theater.choices)
    tier = forms.MultipleChoiceField(
        label=_("Tiers"), required=False, widget=Several, choices=list(conditions.TIERS.items())
    )

    def __init__(self, *args: Any, section: Section | None = None, **kwargs: Any) -> None:
        self.section = section
        super().__init__(*args, initial=initial_of(section) | (kwargs.pop("initial", None) or {}), **kwargs)
        for name in ("sector", "business_unit"):
            field: Any = self.fields[name]
            field.choices = [(value, value) for value in choices_of(name, section)]
            if not field.choices:
                del self.fields[name]  # no account has one yet
        first = next(name for name in conditions.ATTRIBUTES if name in self.fields)
        self.fields[first].help_text = _("A group in which nothing is ticked leaves out no account.")

    def clean_title(self) -> str:
        return plain_line(self.cleaned_data["title"])

    def clean_lede(self) -> str:
        return plain_line(self.cleaned_data["lede"])

    def clean_guidance(self) -> str:
        return plain_line(self.cleaned_data["guidance"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        kind = data.get("kind")
        if data.get("shows") and kind != SectionKind.FIGURES:
            self.add_error(
                "shows", _("A chart or table stands in a section of customer figures: choose that kind, or none.")
            )
        if data.get("slot") and kind != SectionKind.INPUT:
            self.add_error("slot", _("A representative fills a section that contributors write: choose that kind."))
        if data.get("body") and kind not in STANDARD_TEXT:
            words = _(
                "Only a letter and a standard text say something themselves: choose one of these kinds, or empty the text."
            )
            self.add_error("body", words)
        if not self.errors:
            self.hold_against_the_document(data)
        return data

    def hold_against_the_document(self, data: dict[str, Any]) -> None:
        """Whether a document could be made of it: asked now, where it can still be mended."""
        section = Section(key=self.section.key if self.section else "", **self.fields_of(data))
        try:
            section.clean()
        except ValidationError as error:
            self.add_error(None, error.messages)
        else:
            if why := why_it_cannot_render(section):
                self.add_error(None, _("No document can be made of it: %(why)s") % {"why": why})

    @property
    def answers(self) -> dict[str, Any]:
        """The fields of the section."""
        return self.fields_of(self.cleaned_data)

    @staticmethod
    def fields_of(data: dict[str, Any]) -> dict[str, Any]:
        own = {name: value for name, value in data.items() if name not in conditions.ATTRIBUTES}
        return own | {"conditions": {name: data[name] for name in conditions.ATTRIBUTES if data.get(name)}}


def initial_of(section: Section | None) -> dict[str, Any]:
    if section is None:
        return {"kind": SectionKind.STANDARD, "required": True}
    names = ("title", "kind", "shows", "lede", "guidance", "function", "max_words", "required", "locked", "slot")
    body = {"body": marked_up(section.body) if section.sound else section.body}
    return {name: getattr(section, name) for name in names} | body | section.conditions


def choices_of(name: str, section: Section | None) -> list[str]:
    """What accounts have, and what the section asks for already."""
    found = Account.objects.exclude(**{name: ""}).order_by(name).values_list(name, flat=True).distinct()[:SHOWN]
    kept = section.conditions.get(name, []) if section else []
    return sorted({*found, *kept})
