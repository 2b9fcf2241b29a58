"""What is asked about a file: what it brings, which column is what, how it is written, under which name to remember that."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from acr_program.files.uploads import LARGEST
from acr_program.people.models import User
from acr_program.ui.forms import Cards, Form

from .fields import Field
from .guessing import questions
from .kinds import Kind, kinds
from .models import Mapping

DATES = [
    ("", later("Choose")),
    ("ymd", later("year, month, day: 2026-12-31")),
    ("dmy", later("day, month, year: 31/12/2026, 31.12.2026")),
    ("mdy", later("month, day, year: 12/31/2026")),
]
DECIMALS = [("", later("Choose")), (".", later("a point: 1,234.50")), (",", later("a comma: 1.234,50"))]
DELIMITERS = [
    ("", later("as found")),
    (",", later("comma")),
    (";", later("semicolon")),
    ("\t", later("tab")),
    ("|", later("bar |")),
]
ENCODINGS = [
    ("", later("as found")), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows 1252"), ("latin-1", "ISO 8859-1"),
]  # fmt: skip


class Asked(forms.ChoiceField):
    """A choice that says itself what leaving it means, and so is not called optional."""

    unmarked = True


class UploadForm(Form):
    """A file, and what it brings."""

    kind = forms.ChoiceField(label=later("What does it bring?"), widget=Cards())
    file = forms.FileField(
        label=later("File"), widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        help_text=later("CSV or XLSX, up to 20 MB and 200,000 rows. Nothing is written before you have seen what will happen."),
    )  # fmt: skip
    mapping = forms.ModelChoiceField(
        label=later("Columns as remembered"), queryset=Mapping.objects.none(), required=False, empty_label=later("guess them from the headings"),  # noqa: E501
    )  # fmt: skip

    def __init__(self, *args: Any, by: User, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        known = {name: kind for name, kind in kinds().items() if kind.may(by)}
        kind_field: Any = self.fields["kind"]
        kind_field.choices = [(name, kind.title) for name, kind in known.items()]
        kind_field.widget.notes = {name: kind.help for name, kind in known.items()}
        mapping_field: Any = self.fields["mapping"]
        mapping_field.queryset = Mapping.objects.filter(kind__in=known)
        if too_large:
            words = _("The file is larger than %(mb)d MB. Split it, or leave out columns that nobody needs.")
            self.fields["file"].error_messages["required"] = words % {"mb": LARGEST >> 20}

    def clean(self) -> dict[str, Any]:
        mapping, kind = self.cleaned_data.get("mapping"), self.cleaned_data.get("kind")
        if mapping and kind and mapping.kind != kind:
            self.add_error("mapping", _("This was remembered for another kind of file."))
        return self.cleaned_data


class ColumnsForm(Form):
    """Each column of the file: which field it is; then how days, numbers and letters are written."""

    def __init__(
        self,
        *args: Any,
        kind: type[Kind],
        head: dict[str, Any],
        columns: dict[str, str],
        options: dict[str, Any],
        **kwargs: Any,
    ) -> None:
        self.kind, self.head, self.options = kind, head, options
        super().__init__(*args, **kwargs)
        for at, heading in enumerate(head["headings"]):
            self.fields[f"column-{at}"] = self.column(heading, head["columns"][at]["samples"], columns.get(heading, ""))
        types = {one.type for one in kind.fields}
        if "date" in types:
            self.say("dates", _("How days are written"), DATES)
        if types & {"decimal", "share"}:
            self.say("decimal", _("Decimal mark"), DECIMALS)
        if head["format"] == "csv":
            self.say("delimiter", _("What divides the columns"), DELIMITERS)
            self.say(
                "encoding",
                _("Encoding"),
                [one for one in ENCODINGS if one[0] != "utf-16"] + [(e, e) for e in (head["encoding"],) if "16" in e],
            )
        elif len(head["sheets"]) > 1:
            self.say("sheet", _("Sheet"), [(name, name) for name in head["sheets"]])
        self.fields["clear"] = forms.BooleanField(
            label=_("An empty cell empties the field"), required=False, initial=bool(options.get("clear")),
            help_text=_("Without this, an empty cell leaves what stands."),
        )  # fmt: skip
        self.fields["remember"] = forms.CharField(
            label=_("Remember this as"), max_length=80, required=False,
            help_text=_("A name for the source, like “CRM, weekly”. Its next file is read the same way."),
        )  # fmt: skip
        self.headings = {
            _("Columns"): [name for name in self.fields if name.startswith("column-")],
            _("How it is written"): [
                name for name in ("dates", "decimal", "delimiter", "encoding", "sheet", "clear") if name in self.fields
            ],
            _("For the next time"): ["remember"],
        }

    def column(self, heading: str, samples: list[str], chosen: str) -> Asked:
        choices = [("", _("leave out")), *((one.name, named(one, self.kind)) for one in self.kind.fields)]
        shown = _("For example: %(samples)s") % {"samples": " · ".join(samples[:3])} if samples else _("Always empty.")
        return Asked(label=heading, choices=choices, initial=chosen, required=False, help_text=shown)

    def say(self, name: str, label: str, choices: Any) -> None:
        known = self.options.get(name, "")
        self.fields[name] = Asked(label=label, choices=choices, initial=known, required=False)

    def clean(self) -> dict[str, Any]:
        used: dict[str, str] = {}
        for at, heading in enumerate(self.head["headings"]):
            if (field := self.cleaned_data.get(f"column-{at}")) and used.setdefault(field, heading) != heading:
                words = _("This is already the column “%(heading)s”.") % {"heading": used[field]}
                self.add_error(f"column-{at}", ValidationError(words))
        if not self.errors:
            fixed = {f" {name}": name for name in self.options.get("fixed") or {}}
            for name, sentence in questions(self.kind, self.columns | fixed, self.said).items():
                self.add_error(name if name in self.fields else None, sentence)
        return self.cleaned_data

    @property
    def columns(self) -> dict[str, str]:
        """The field of each heading that has one."""
        told = {heading: self.cleaned_data[f"column-{at}"] for at, heading in enumerate(self.head["headings"])}
        return {heading: field for heading, field in told.items() if field}

    @property
    def said(self) -> dict[str, Any]:
        """How the file is written."""
        names = ("dates", "decimal", "delimiter", "encoding", "sheet", "clear")
        return self.options | {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def named(one: Field, kind: type[Kind]) -> str:
    return f"{one.label} *" if one.required or one.name in kind.key else str(one.label)
