"""What the program manager says of one step of the process."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import LIMITS, MISSING, Form, Long
from reviews.actions.describing import WORDS
from reviews.choices import Delivery
from reviews.choices import RequestStatus as S
from reviews.process.described import Described
from reviews.schedule import LABELS, MOST_DAYS, days_of

BY = {
    Delivery.DIGITAL: _("“%(stage)s”, delivered digitally"),
    Delivery.PRINTED: _("“%(stage)s”, delivered in print"),
}


class DescribedForm(Form):
    """One step: what is done, when it begins, who owns it, how many days it has."""

    headings: ClassVar[dict[Any, list[str]]] = {
        _("What it is"): ["title", "entry", "owner", "guidance"],
    }

    title = forms.CharField(label=_("What is done"), max_length=120)
    entry = Long(
        label=_("Begins when"), max_length=300, rows=2,
        help_text=_("The entry rule: what has to be so before anybody begins."),
    )  # fmt: skip
    owner = forms.CharField(
        label=_("Owner"), max_length=120, required=False,
        help_text=_("The role that answers for it. It may be left open in a draft; nothing is published without."),
    )  # fmt: skip
    guidance = Long(
        label=_("Guidance"), max_length=2000, required=False, rows=4,
        help_text=_("What whoever takes the step should know."),
    )  # fmt: skip
    takes = forms.CharField(
        label=_("How long it takes, in words"), max_length=120, required=False,
        help_text=_("Where it is not a number of days. Left empty, the days say it."),
    )  # fmt: skip

    def __init__(self, *args: Any, of: Described, **kwargs: Any) -> None:
        known = days_of(of.process.pace)
        initial = {name: getattr(of.words, name) for name in WORDS}
        self.counted = {f"{way}_{state}": (way, state) for way, state in of.step.counted}
        initial |= {name: known[leg] for name, leg in self.counted.items()}
        super().__init__(*args, initial=initial, **kwargs)
        for name, (way, state) in self.counted.items():
            label = BY[Delivery(way)] % {"stage": LABELS[S(state)]}
            says = {"required": MISSING, **LIMITS}
            self.fields[name] = forms.IntegerField(label=label, min_value=1, max_value=MOST_DAYS, error_messages=says)

    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The days under a heading of their own, last."""
        *headed, (_rest, fields) = super().parts()
        return [*headed, (_("How long it takes, in working days") if self.counted else _("How long it takes"), fields)]

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in WORDS}

    @property
    def days(self) -> dict[tuple[str, str], int]:
        return {leg: self.cleaned_data[name] for name, leg in self.counted.items()}
