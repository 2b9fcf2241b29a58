"""The form of a row of a plan: what is asked, what was read when it was opened, and both words where two people met.

A form carries what its reader had before them (`base`). Where the row has moved on since, what only one of the two changed is
taken over by itself; what both changed is shown in both wordings, and the second chooses, or keeps both. No word is lost.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact
from acr_program.people.models import User
from acr_program.ui.forms import Cards, Day, Long, ModelForm

from ..models import PlanRow

OWN = ("base",)  # fields of the form that are none of the row
KEEPS = {"mine": _("What you wrote"), "theirs": _("What stands there now"), "both": _("Both")}


def field_of(db_field: Any, **how: Any) -> Any:
    """A model's field as this house asks it: days with a picker, texts with room."""
    if isinstance(db_field, models.DateTimeField):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        return db_field.formfield(widget=widget, **how)
    if isinstance(db_field, models.DateField):
        return db_field.formfield(form_class=Day, **how)
    if isinstance(db_field, models.TextField):
        return db_field.formfield(form_class=Long, widget=forms.Textarea(attrs={"rows": 4}), **how)
    return db_field.formfield(**how)


def plain(value: Any) -> Any:
    """A value as JSON takes it, the same for the same value: related rows by their keys, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple, models.QuerySet)):
        return sorted(plain(one) for one in value)
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def values_of(row: Any, names: Any) -> dict[str, Any]:
    """What a row says in these fields, plainly."""
    found: dict[str, Any] = {}
    for name in names:
        kept = row._meta.get_field(name)
        if kept.many_to_many:
            found[name] = sorted(getattr(row, name).values_list("pk", flat=True)) if row.pk else []
        else:
            found[name] = plain(getattr(row, kept.attname))
    return found


class RowForm(ModelForm):
    """What is asked of one row; checks of a kind's own are a subclass with `clean`."""

    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kind: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.plan = self.instance.plan
        self.before = values_of(self.instance, kind.fields)
        self.fields["base"].initial = self.packed()
        for name, asked in self.fields.items():
            if isinstance(asked, forms.ModelChoiceField):
                self.narrow(name, asked)
        self.clashes: list[Any] = []
        self.offer_choices(self.told().get("clashes", []))

    def narrow(self, name: str, asked: Any) -> None:
        """Of rows those of this plan, of contacts those of this customer, of people those who are here."""
        model = asked.queryset.model
        if issubclass(model, PlanRow):
            asked.queryset = model._default_manager.filter(plan=self.plan)
        elif model is Contact:
            asked.queryset = Contact.objects.filter(account=self.plan.account_id)
        elif model is User:
            asked.queryset = User.objects.people().filter(is_active=True).order_by("name", "pk")

    def packed(self, clashes: Any = ()) -> str:
        """What its reader has before them, to be sent along."""
        said = {"revision": self.instance.revision, "values": self.before, "part": self.kind.part_of(self.instance)}
        return json.dumps(said | {"clashes": list(clashes)})

    def told(self) -> dict[str, Any]:
        """What the reader had before them, as it was sent; nothing where it cannot be read."""
        try:
            found = json.loads((self.data or {}).get(self.add_prefix("base"), "") or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) and isinstance(found.get("values", {}), dict) else {}

    def offer_choices(self, names: Any) -> None:
        """One choice for each field that two people changed."""
        for name in names if isinstance(names, list) else []:
            if name in self.kind.fields:
                self.add_choice(name)

    def add_choice(self, name: str) -> None:
        words = isinstance(self.fields[name], Long)
        choices = [(key, label) for key, label in KEEPS.items() if words or key != "both"]
        label = say("What is kept: %(what)s") % {"what": self.fields[name].label}
        self.fields[f"keep_{name}"] = forms.ChoiceField(
            label=label, choices=choices, initial="both" if words else None, widget=Cards()
        )

    def _get_validation_exclusions(self) -> set[str]:
        """Which plan and which kind it is counts where a thing may stand once alone."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"plan", *self.kind.of}

    def mine(self) -> dict[str, Any]:
        """What is wanted, with the choices where two people met: another's words beside one's own, or in their place."""
        found = {name: self.cleaned_data.get(name) for name in self.kind.fields}
        read = self.told().get("values", {})
        for name in self.kind.fields:
            chosen = self.cleaned_data.get(f"keep_{name}")
            if chosen == "theirs":
                found.pop(name)
            elif chosen == "both":
                found[name] = f"{read.get(name, '')}\n\n{found[name]}".strip()
        return found

    def show_clash(self, row: Any, names: list[str]) -> None:
        """What stands there now beside what was typed; the next sending is against this."""
        self.instance, self.before = row, values_of(row, self.kind.fields)
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["base"] = self.packed(names)
        for name in names:
            self.add_choice(name)
            data[f"keep_{name}"] = "both" if isinstance(self.fields[name], Long) else ""
            self.clashes.append(Clashing(self.fields[name].label, shown(row, name), data.get(name, ""), row))
        self.data = data


class Clashing:
    """One field in which two people wrote: what stands, by whom and when, and what the second wrote."""

    def __init__(self, label: Any, theirs: Any, mine: Any, row: Any) -> None:
        self.label, self.theirs, self.mine = label, theirs, mine
        self.by, self.at = row.changed_by.name, row.changed_at


def shown(row: Any, name: str) -> str:
    """A field's value in words."""
    words = getattr(row, f"get_{name}_display", None)
    if words:
        return str(words())
    value = getattr(row, name)
    if hasattr(value, "all"):
        return ", ".join(str(one) for one in value.all())
    return "" if value is None else str(value)
