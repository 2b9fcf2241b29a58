"""Lines under the text of a section: each a small form, what is wrong beside its field; empty lines are left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.ui.forms import Day, Form
from reviews.choices import IssueState, SectionKind, Side

MOST, SPARE = 20, 3
PREFIX = "lines"
NAMES = "colleagues"  # the list of names that the page offers while one types


class LineForm(Form):
    """One line: what, who, by when."""

    what = forms.CharField(label=gettext_lazy("What"), max_length=300)
    who = forms.CharField(
        label=gettext_lazy("Who"), max_length=120, required=False, widget=forms.TextInput(attrs={"list": NAMES})
    )
    due_on = Day(label=gettext_lazy("By when"), required=False)

    ORDER: tuple[str, ...] = ("what", "who", "due_on")
    STILL = ""  # the field whose value alone makes no line: it is chosen already

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.ORDER)

    @property
    def between(self) -> list[forms.BoundField]:
        """The short answers that stand beside each other, between what and the words at the end."""
        return [self[name] for name in self.ORDER[1:-1]]

    @property
    def last(self) -> forms.BoundField:
        return self[self.ORDER[-1]]

    def has_changed(self) -> bool:
        """A line with nothing typed is no line, whatever is chosen in it."""
        return any(str(self[name].data or "").strip() for name in self.fields if name != self.STILL)


class CommitmentForm(LineForm):
    """What one side undertakes: ours has a name and a day, for it becomes a follow-up."""

    side = forms.ChoiceField(label=gettext_lazy("Who undertakes it"), choices=Side.choices, initial=Side.US)
    measure = forms.CharField(label=gettext_lazy("Seen by"), max_length=200, required=False)

    ORDER = ("what", "side", "who", "due_on", "measure")
    STILL = "side"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("who", "due_on"):
            self.fields[name].one_of = gettext_lazy("needed for ours")  # type: ignore[attr-defined]  # said in place of “optional”

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("side") == Side.US:
            if not data.get("who"):
                self.add_error("who", _("Name who does it: the customer reads a name and a day."))
            if not data.get("due_on") and "due_on" not in self.errors:
                self.add_error("due_on", _("Say by when: the customer reads a name and a day."))
        return data


class IssueForm(LineForm):
    """A matter between us and the customer, and how it stands."""

    state = forms.ChoiceField(label=gettext_lazy("How it stands"), choices=IssueState.choices, initial=IssueState.OPEN)
    outcome = forms.CharField(label=gettext_lazy("In words"), max_length=400, required=False)

    ORDER = ("what", "who", "due_on", "state", "outcome")
    STILL = "state"


class Lines(forms.BaseFormSet):
    """The lines of a section, in order; what was cleaned is `given`."""

    @property
    def given(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if form.has_changed()]

    @property
    def words(self) -> int:
        """How many words the lines have, as `Line.words` counts them once they are kept."""
        free = ("what", "who", "measure", "outcome")
        return sum(len(str(line.get(name, "")).split()) for line in self.given for name in free)


FORMS: dict[str, type[LineForm]] = {SectionKind.COMMITMENTS: CommitmentForm, SectionKind.FOLLOW_UPS: IssueForm}


def lines_for(kind: str, data: Mapping[str, Any] | None, known: list[dict[str, Any]], *, spare: int) -> Lines | None:
    """The lines of a section of this kind: as they were sent, else as known, with some empty ones; None for text alone."""
    form = FORMS.get(kind)
    if form is None:
        return None
    made: Any = forms.formset_factory(form, formset=Lines, extra=spare, max_num=MOST, absolute_max=MOST)
    sent = data if data is not None and f"{PREFIX}-TOTAL_FORMS" in data else None
    if data is not None and sent is None:
        sent = {f"{PREFIX}-TOTAL_FORMS": "0", f"{PREFIX}-INITIAL_FORMS": "0"}  # whoever sends no line has none
    lines: Lines = made(
        sent, prefix=PREFIX, initial=known if sent is None else None, form_kwargs={"empty_permitted": True}
    )
    return lines


def typed_lines(kind: str, data: Mapping[str, Any]) -> list[dict[str, str]]:
    """What is typed so far, line by line, right or wrong, as a draft keeps it."""
    form = FORMS.get(kind)
    asked = str(data.get(f"{PREFIX}-TOTAL_FORMS", ""))
    if form is None or not asked.isdecimal():
        return []
    found = []
    for place in range(min(int(asked[:3]), MOST)):
        line = {name: str(data.get(f"{PREFIX}-{place}-{name}", ""))[:400] for name in form.ORDER}
        if any(value.strip() for name, value in line.items() if name != form.STILL):
            found.append(line)
    return found


def as_typed(lines: list[Any]) -> list[dict[str, str]]:
    """Lines that are kept, in the words in which they would be typed."""
    found = []
    for line in lines:
        names = FORMS[SectionKind.COMMITMENTS].ORDER if hasattr(line, "side") else IssueForm.ORDER
        values = {name: getattr(line, name) for name in names}
        found.append({name: "" if value is None else str(value) for name, value in values.items()})
    return found
