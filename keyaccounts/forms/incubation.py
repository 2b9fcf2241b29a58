"""What is asked when an account is tried: the year, its allowance, the actuals of a quarter, missing proof (K-10 to K-16)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.quarters import label_of
from acr_program.charter.shell import frame
from acr_program.ui.forms import Day, Form, Long
from acr_program.workflow.forms import CommentForm, StepForm

from ..choices_incubation import Threshold
from ..models import Measure, Reading
from ..models.spending import MissingProof
from ..standing import standing, unmet

ROOM = timedelta(days=31)  # so far from today a year may begin
PROOF = MissingProof._meta.get_field("words").max_length or 0


class Amount(forms.DecimalField):
    """Money or people-days, none below zero; left empty it is nothing."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**{"min_value": 0, "max_digits": 12, "decimal_places": 2, "required": False} | how)

    def clean(self, value: Any) -> Any:
        return super().clean(value) or Decimal()


def in_currency(form: Any) -> None:
    """Money is asked for in the company's own currency."""
    if frame().currency and "money" in form.fields:
        form.fields["money"].label = f"{form.fields['money'].label}, {frame().currency}"


class StartForm(StepForm):
    """When the year begins, and with how much (K-11, K-12)."""

    starts_on = Day(label=_("First day of the year"), initial=localdate)
    money = Amount(label=_("Money granted"))
    days = Amount(label=_("People-days granted"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_currency(self)

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if abs(day - localdate()) > ROOM:
            raise ValidationError(_("The year begins within a month of today."))
        return day

    def clean(self) -> dict[str, Any]:
        return with_allowance(self)


def with_allowance(form: Any) -> dict[str, Any]:
    """Resources are limited, and there are some."""
    given: dict[str, Any] = form.cleaned_data
    if not given.get("money") and not given.get("days") and not {"money", "days"} & set(form.errors):
        form.add_error("money", _("Grant money, people-days or both: a trial without resources shows nothing."))
    return given


class AgainForm(CommentForm):
    """Why it is tried once more, which proof is missing, and with how much (K-16, K-19)."""

    same_for_many = False
    missing = Long(
        label=_("What is still to be proved"), rows=6, max_length=4000,
        help_text=_("One a line. It begins with what was asked and not met. The customer reads it as it stands here."),
        error_messages={"required": _("List what is missing: the account is measured by it.")},
    )  # fmt: skip
    money = Amount(label=_("Money granted"))
    days = Amount(label=_("People-days granted"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_currency(self)
        if not self.is_bound:
            self.fields["missing"].initial = "\n".join(missing_of(self.obj))

    def clean_missing(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["missing"].splitlines() if line.strip()]
        if too_long := next((line for line in lines if len(line) > PROOF), ""):
            words = _("“%(line)s…” is too long for one line: at most %(n)d letters.")
            raise ValidationError(words, params={"line": too_long[:40], "n": PROOF})
        return lines

    def clean(self) -> dict[str, Any]:
        return with_allowance(self)


def missing_of(membership: Any) -> list[str]:
    """What decides and is not met, in words: a first list for the panel to mend; the customer reads what becomes of it."""
    kind = Threshold.MAINTAIN if membership.status == "in_re_review" else Threshold.ENTRY
    known, partly = (
        say("%(title)s: %(asked)s (stands at %(said)s)"),
        say("%(title)s: %(asked)s (stands at %(said)s, not known in every quarter)"),
    )
    return [
        (partly if one.met is None and one.value is not None else known)
        % {"title": one.measure.title, "asked": one.asked, "said": one.said}
        for one in unmet(standing(membership, kind))
        if not one.measure.is_ours_alone
    ]


class ActualsForm(StepForm):
    """What only people know of the quarter, each figure with where it comes from; why one is missing (K-13)."""

    comment = Long(
        label=_("In words"), rows=4, required=False, max_length=4000,
        help_text=_("What stands behind the figures; of a figure that you leave empty, why it is not known."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures = self.obj.told_measures
        rows = Reading.objects.standing().filter(
            membership=self.obj.membership_id, quarter_begins_on=self.obj.quarter_begins_on
        )
        known = {row.key: row for row in rows}
        for measure in self.measures:
            self.ask(measure, known.get(measure.key))
        self.fields["comment"].initial = self.obj.words
        self.order_fields([name for name in self.fields if name != "comment"])

    def ask(self, measure: Measure, known: Reading | None) -> None:
        value, source = names_of(measure)
        label = f"{measure.title}, {measure.unit}" if measure.unit else measure.title
        self.fields[value] = forms.DecimalField(
            label=label, required=False, max_digits=16, decimal_places=4, initial=known.value.normalize() if known else None,
            help_text=" ".join(filter(None, [measure.words, say("Asked to enter: %(to)s.") % {"to": measure.to_enter}])),
        )  # fmt: skip
        self.fields[source] = forms.CharField(
            label=say("Where it comes from: %(measure)s") % {"measure": measure.title}, required=False, max_length=120,
            initial=known.source if known else "",
        )  # fmt: skip

    @property
    def headings(self) -> dict[Any, list[str]]:
        quarter = say("Figures of %(quarter)s") % {"quarter": label_of(self.obj.quarter_begins_on)}
        return {quarter: [name for measure in self.measures for name in names_of(measure)]}

    def clean(self) -> dict[str, Any]:
        given, actuals, unknown = self.cleaned_data, [], []
        for measure in self.measures:
            value, source = names_of(measure)
            if given.get(value) is None:
                unknown.append(measure.title)
            elif not given.get(source):
                self.add_error(source, _("Say where the figure comes from."))
            else:
                actuals.append([measure.pk, str(given[value]), given[source]])
        if unknown and not given.get("comment") and not self.errors:
            self.add_error("comment", _("Say why a figure is not known."))
        return {"actuals": actuals, "comment": given.get("comment", "")}


def names_of(measure: Measure) -> tuple[str, str]:
    return f"value_{measure.pk}", f"source_{measure.pk}"


# The books of an incubation


class SpendingForm(Form):
    """What is planned, or used already."""

    what = forms.CharField(label=_("What for"), max_length=160)
    money = Amount(label=_("Money"))
    days = Amount(label=_("People-days"))
    on = Day(label=_("On"), initial=localdate)
    used = forms.BooleanField(
        label=_("It is used already"),
        required=False,
        help_text=_("Otherwise it is planned, and booked once it is used."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_currency(self)

    def clean(self) -> dict[str, Any]:
        return takes_something(self)


def takes_something(form: Any) -> dict[str, Any]:
    given: dict[str, Any] = form.cleaned_data
    if not given.get("money") and not given.get("days") and not {"money", "days"} & set(form.errors):
        form.add_error("money", _("Say how much money, how many people-days, or both."))
    return given


class SettleForm(Form):
    """What it really took."""

    money = Amount(label=_("Money"))
    days = Amount(label=_("People-days"))
    on = Day(label=_("On"), initial=localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_currency(self)

    def clean(self) -> dict[str, Any]:
        return takes_something(self)


class ReleaseForm(Form):
    """Why it is not needed any more."""

    comment = Long(label=_("Why it is not needed"), rows=3, max_length=2000)


class LiftForm(CommentForm):
    """By how much the limit is lifted, and why; it stands under the name of whoever does it (K-12)."""

    same_for_many = False
    money = Amount(label=_("Money more"))
    days = Amount(label=_("People-days more"))
    field_order = ("money", "days", "comment")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_currency(self)

    def clean(self) -> dict[str, Any]:
        return takes_something(self)


class AnotherForm(Form):
    """Why a third incubation, or one after it, is allowed (K-16)."""

    reason = Long(
        label=_("Why"), rows=4, max_length=4000, error_messages={"required": _("Say why: it stands under your name.")}
    )


class ProofForm(Form):
    """What shows now what was missing."""

    shown = Long(label=_("What shows it"), rows=4, max_length=2000)
