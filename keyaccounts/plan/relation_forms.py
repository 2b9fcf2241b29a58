"""What is asked of people, seats, history, notes and research of the relationship diagnostic (N3.1 to N3.8)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from acr_program.ui.phrases import names

from ..models import PersonMap
from .relation_people import Strength
from .relation_team import PATTERN, folded
from .row_forms import RowForm


def not_ahead(form: Any, given: dict[str, Any], name: str) -> None:
    """What has happened has a day that is not in the future."""
    on = given.get(name)
    if on and on > localdate():
        form.add_error(name, say("This day has not come yet."))


class PersonForm(RowForm):
    """Somebody on the map: by name, or a contact on file, whose name and job title are then taken over."""

    headings = {
        _("Who it is"): ["contact", "name", "title", "division", "ours"],
        _("How we stand"): ["influence", "strength", "owner", "note"],
        _("How we keep in touch"): ["rhythm", "last_on", "next_on"],
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, strength = self.fields["name"], self.fields["strength"]
        name.required = False
        name.help_text = say("A function, where you do not know yet who it is: “Head of purchasing”.")
        self.fields["contact"].help_text = say("Their name and job title are taken over where you leave them empty.")
        self.fields["division"].help_text = say("Write it as for the others of the same division: they stand together.")
        choices = [(one.value, f"{one.value}: {one.label}") for one in Strength]
        self.fields["strength"] = forms.TypedChoiceField(label=strength.label, choices=choices, coerce=int)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        contact = given.get("contact")
        if contact:
            given["name"] = given.get("name") or contact.name
            given["title"] = given.get("title") or contact.title
            others = PersonMap.objects.filter(plan=self.plan, contact=contact).exclude(pk=self.instance.pk)
            if others.exists():
                self.add_error("contact", say("This contact stands on the map already."))
        elif not given.get("name") and "name" not in self.errors:
            self.add_error("name", say("Name them, or choose a contact on file."))
        not_ahead(self, given, "last_on")
        return given


class SeatForm(RowForm):
    """A seat on the team; without a person it is one to be filled."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pattern = names(seat.title for seat in PATTERN.get(self.plan.format, PATTERN[1]))
        self.fields["title"].help_text = say("The pattern has: %(seats)s.") % {"seats": pattern}
        self.fields["person"].help_text = say("Leave it open for a seat that is to be filled: it counts as a gap.")

    def clean_title(self) -> str:
        """A seat of the pattern is written as the pattern has it."""
        typed = " ".join(self.cleaned_data["title"].split())
        seats = PATTERN.get(self.plan.format, PATTERN[1])
        return next((str(seat.title) for seat in seats if folded(seat.title) == folded(typed)), typed)


class HistoryForm(RowForm):
    """Something that has happened."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        not_ahead(self, given, "on")
        return given


class NoteForm(RowForm):
    """Something to be remembered; pinned unless somebody says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["pinned"] = True
        self.fields["pinned"].help_text = say(
            "It stands on each page on which a review of this customer is prepared, until it is done or taken off."
        )


class ResearchForm(RowForm):
    """A finding of research: from our own house or from outside, and from where (N3.8)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].required = True
        self.fields["side"].help_text = say(
            "Inside: what our own people know. Outside: what somebody independent says."
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        not_ahead(self, given, "on")
        return given
