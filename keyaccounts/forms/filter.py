"""What is asked of the filter: its bar, one criterion, one judgement, the day to try it out on (K-08, K-09)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Cards, Day, Form, Long

from ..actions.filter import FIELDS
from ..choices_filter import BEST_SCORE, OF_YES_NO, YES_NO, Basis, Compare, CriterionKind, KnownFact
from ..models import FilterCriterion, FilterVersion

MOST = 1000
EARLIEST = date(1900, 1, 1)
SCALE = (
    (5, _("5 — could not be better")), (4, _("4 — good")), (3, _("3 — good enough")), (2, _("2 — not good enough")),
    (1, _("1 — poor")), (0, _("0 — not at all")),
)  # fmt: skip
NO_FACT: tuple[str, Any] = ("", _("Please choose"))


class BarForm(Form):
    """The least total with which a nomination passes."""

    bar = forms.DecimalField(
        label=_("Bar, in points"), min_value=Decimal(0), max_digits=7, decimal_places=1,
        help_text=_("A nomination that meets every must-have passes from this total on; 0 where must-haves alone decide."),
    )  # fmt: skip

    def __init__(self, *args: Any, draft: FilterVersion, **kwargs: Any) -> None:
        self.draft = draft
        kwargs.setdefault("initial", {"bar": draft.bar})
        super().__init__(*args, **kwargs)

    def clean_bar(self) -> Decimal:
        bar: Decimal = self.cleaned_data["bar"]
        if bar > self.draft.most > 0:
            raise ValidationError(
                say("The weights add up to %(most)d: nobody could reach this.") % {"most": self.draft.most}
            )
        if self.draft.most and not bar:
            raise ValidationError(say("Everybody has 0 points already: set a bar above it."))
        return bar


class FilterCriterionForm(Form):
    """One criterion: what it does, and where the answer comes from."""

    headings = {
        _("What it asks"): ["title", "kind", "weight"],
        _("Where the answer comes from"): ["basis", "fact", "compare", "threshold", "guidance"],
    }
    title = forms.CharField(label=_("Criterion"), max_length=160)
    kind = forms.ChoiceField(
        label=_("What it does"), choices=CriterionKind.choices, initial=CriterionKind.WEIGHTED,
        widget=Cards(notes={"must": _("Without it nobody passes"), "weighted": _("Gives points towards the bar")}),
    )  # fmt: skip
    weight = forms.IntegerField(
        label=_("Weight, in points"), min_value=1, max_value=MOST, required=False,
        help_text=_("Given in full where a fact meets it, and in fifths where a person judges it. A must-have has none."),
    )  # fmt: skip
    basis = forms.ChoiceField(
        label=_("Where the answer comes from"), choices=Basis.choices, initial=Basis.COMPUTED, widget=Cards
    )
    fact = forms.ChoiceField(label=_("Computed from"), choices=[NO_FACT, *KnownFact.choices], required=False)
    compare = forms.ChoiceField(label=_("Is met when it"), choices=[NO_FACT, *Compare.choices], required=False)
    threshold = forms.DecimalField(
        label=_("Threshold"), max_digits=16, decimal_places=2, required=False,
        help_text=_("At the threshold is enough. A request, a negotiation or a strategic account holds or does not: it has none."),
    )  # fmt: skip
    guidance = Long(
        label=_("Guidance for whoever judges"), rows=4, max_length=1000, required=False,
        help_text=_("What deserves 0, 3 and 5; from 3 on a must-have is met. It is read as well where a fact is not known."),
    )  # fmt: skip

    def __init__(self, *args: Any, criterion: FilterCriterion | None = None, **kwargs: Any) -> None:
        if criterion is not None:
            kwargs.setdefault("initial", {name: getattr(criterion, name) for name in FIELDS})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("kind") == CriterionKind.WEIGHTED and "weight" in given and not given["weight"]:
            self.add_error("weight", _("Say how many points it gives."))
        if given.get("basis") == Basis.JUDGED:
            given |= {"fact": "", "compare": "", "threshold": None}
            if not given.get("guidance") and "guidance" in given:
                self.add_error("guidance", _("Say what deserves which score: whoever judges reads it."))
        elif given.get("basis") == Basis.COMPUTED:
            self.check_computed(given)
        return given

    def check_computed(self, given: dict[str, Any]) -> None:
        """A fact with a comparison that fits it, and a threshold where the comparison takes one."""
        fact, compare = given.get("fact"), given.get("compare")
        if not fact or not compare:
            for name in ("fact", "compare"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("This is still missing."))
            return
        if (fact in YES_NO) != (compare in OF_YES_NO):
            self.add_error(
                "compare", _("That does not fit: what holds or not is not measured, and a figure does not hold.")
            )
        elif compare in OF_YES_NO:
            given["threshold"] = None
        elif given.get("threshold") is None and "threshold" not in self.errors:
            self.add_error("threshold", _("Say from where on it is met."))


class ScoreForm(Form):
    """One criterion judged, with the reason."""

    score = forms.TypedChoiceField(label=_("Score"), choices=[NO_FACT, *SCALE], coerce=int, empty_value=None)
    why = Long(label=_("Why"), rows=4, max_length=2000, help_text=_("What you go by; it stays with the score."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        assert len(SCALE) == BEST_SCORE + 1
        super().__init__(*args, **kwargs)


class OnForm(Form):
    """On which day the accounts are looked at."""

    on = Day(label=_("As they stood on"), required=False)

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on and on > localdate():
            raise ValidationError(say("This day is still to come."))
        if on and on < EARLIEST:
            raise ValidationError(say("Nothing is on file of so early a day: choose a later one."))
        return on or localdate()
