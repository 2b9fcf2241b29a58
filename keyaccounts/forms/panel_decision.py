"""Onto which agenda an account goes, and what the chair decides within what the panel voted for (K-15 to K-20)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Cards, Long
from acr_program.workflow.forms import StepForm
from acr_program.workflow.sealed import Sealed

from ..choices_panel import INCUBATES, Outcome, SessionStatus
from ..models import PanelSession, Tier
from ..models.cycle import DIGITS
from .incubation import with_allowance
from .panel_fields import Lines
from .panel_vote import NOTES


class AgendaForm(StepForm):
    """A panel that is planned."""

    same_for_many = True
    session = forms.TypedChoiceField(
        label=_("Panel"), error_messages={"required": _("Choose a panel, or plan one first.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = PanelSession.objects.filter(status=SessionStatus.PLANNED).order_by("meets_on", "pk")
        planned = {str(row.pk): row for row in rows}
        field: Any = self.fields["session"]
        field.choices = [("", "---------"), *((key, str(row)) for key, row in planned.items())]
        field.coerce = planned.__getitem__


class DecideForm(StepForm):
    """One of the outcomes that at least one member voted for; another than the most voted for takes a reason of its own."""

    GIVES = ("decision",)
    outcome = forms.ChoiceField(label=_("The panel decides"), widget=Cards(notes=NOTES))
    departs = Long(
        label=_("Why it departs from what most voted for"), rows=3, required=False, max_length=4000,
        help_text=_("Needed where you decide otherwise than the most voted."),
    )  # fmt: skip
    reason = Long(
        label=_("Why"), rows=4, max_length=4000,
        help_text=_("Stands in the minutes, and is told to whoever manages the account."),
        error_messages={"required": _("Say why: the account’s people have nothing else to go by.")},
    )  # fmt: skip
    tier: Any = forms.ModelChoiceField(label=_("Tier"), queryset=None, required=False, empty_label=_("Please choose"))
    missing = Lines(
        label=_("Proof that is still missing, one a line"), rows=4, required=False, max_length=4000, longest=300,
        help_text=_("The customer reads it as it stands here."),
    )  # fmt: skip
    money = forms.DecimalField(label=_("Money for the next incubation"), required=False, min_value=0, **DIGITS)
    days = forms.DecimalField(label=_("Days of our people for it"), required=False, min_value=0, **DIGITS)
    handover = Long(
        label=_("Hand-over plan"), rows=5, required=False, max_length=8000,
        help_text=_("Who looks after the account from now on, from when, and what becomes of what was promised."),
    )  # fmt: skip
    letter = Long(
        label=_("Further words for the outcome letter"), rows=3, required=False, max_length=4000,
        help_text=_("The letter says the outcome, which requirements were met, and what comes next by itself."),
    )  # fmt: skip

    TAKES: dict[str, tuple[str, ...]] = {
        Outcome.QUALIFY: ("tier",),
        Outcome.EXTEND: ("missing", "money", "days"),
        Outcome.RETURN: ("missing", "money", "days"),
        Outcome.DOWN_TIER: ("handover",),
    }
    ASKS: dict[str, tuple[str, Any]] = {
        Outcome.QUALIFY: ("tier", _("Say which tier it gets.")),
        Outcome.EXTEND: ("missing", _("List the proof that is still missing.")),
        Outcome.RETURN: ("missing", _("List the proof that is still missing.")),
        Outcome.DOWN_TIER: ("handover", _("Say how the account is handed over.")),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.has_voted
        able: list[Any] = [one for one in self.obj.outcomes if not known or one in self.obj.tally.bounds]
        outcome: Any = self.fields["outcome"]
        outcome.choices = [(one.value, one.label) for one in able]
        for name in {name for names in self.TAKES.values() for name in names}:
            if not any(name in self.TAKES.get(one, ()) for one in able):
                del self.fields[name]
        if "tier" in self.fields:
            self.fields["tier"].queryset = Tier.objects.all()  # type: ignore[attr-defined]
        self.headings = headings(self.fields)
        if not self.is_bound and self.obj.decision:
            self.initial = self.obj.decision | self.initial

    @cached_property
    def has_voted(self) -> bool:
        """Whoever chairs sees in the choices what was voted for once they have voted; until then the step is shut."""
        return bool(self.user.pk == self.obj.chair_id and self.user.pk in self.obj.votes)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        outcome = given.get("outcome", "") if self.has_voted else ""
        name, sentence = self.ASKS.get(outcome, ("", ""))
        if name and name in given and not given[name]:
            self.add_error(name, sentence)
        if outcome in INCUBATES:
            with_allowance(self)
        if outcome and self.obj.tally.departs(outcome) and not given.get("departs"):
            self.add_error("departs", say("Most voted otherwise: say why this is decided all the same."))
        if outcome:
            self.add_unmet(outcome)
        return {"decision": Sealed(**self.terms(outcome, given))}

    def add_unmet(self, outcome: str) -> None:
        """What would keep the decision from being carried out is said now, not at the release."""
        from ..actions.panel_following import awaits_release

        membership = self.obj.membership
        step = membership.find(outcome)
        for sentence in membership.unmet(step) if step else ():
            if not awaits_release(sentence):
                self.add_error("outcome", sentence)

    def terms(self, outcome: str, given: dict[str, Any]) -> dict[str, Any]:
        """The decision as it is kept: what its outcome takes, and nothing of the others."""
        terms: dict[str, Any] = {
            "outcome": outcome,
            "reason": given.get("reason", ""),
            "letter": given.get("letter", ""),
        }
        if outcome and self.obj.tally.departs(outcome):
            terms["departs"] = given.get("departs", "")
        if outcome == Outcome.QUALIFY:
            terms["tier"] = given["tier"].pk if given.get("tier") else None
        elif outcome in INCUBATES:
            terms |= {"missing": given.get("missing") or []}
            terms |= {name: str(given.get(name) or 0) for name in ("money", "days")}
        elif outcome == Outcome.DOWN_TIER:
            terms["handover"] = given.get("handover", "")
        return terms


def headings(fields: dict[str, Any]) -> dict[Any, list[str]]:
    """What each outcome asks, under its own heading."""
    parts = {
        _("Where it qualifies"): ["tier"],
        _("Where more proof is needed"): ["missing", "money", "days"],
        _("Where it is down-tiered"): ["handover"],
    }
    found = {title: [name for name in names if name in fields] for title, names in parts.items()}
    return {_("The decision"): ["outcome", "departs", "reason"], **found, _("The letter"): ["letter"]}
