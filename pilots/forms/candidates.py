"""What is asked of and about candidates: judgements with their evidence, feedback, what they test (P-02 to P-15)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from acr_program.desk.models import Attachment
from acr_program.people.folding import folded
from acr_program.ui.forms import Form, Long, Several
from acr_program.workflow.forms import CommentForm, StepForm

from ..choices import MET_FROM, AspectKind, Evidence
from ..models import PilotCandidate
from ..scorecard import OnFile
from .fields import Past, Score, YesNo

SHOWN = 50  # accounts on the page where they are proposed


class ProposeForm(Form):
    """Which accounts are proposed, each with its manager."""

    accounts: Any = forms.ModelMultipleChoiceField(
        label=_("Accounts"), queryset=None, widget=Several, help_text=_("Each comes with its account manager."),
        error_messages={"required": _("Choose at least one account.")},
    )  # fmt: skip

    def __init__(self, *args: Any, accounts: QuerySet[Account], sought: str = "", **kwargs: Any) -> None:
        """`accounts` are all that may be chosen; shown are those chosen, and as many as a page holds of those `sought`."""
        super().__init__(*args, **kwargs)
        self.sought = sought
        field: Any = self.fields["accounts"]
        field.queryset = accounts
        typed: Any = self["accounts"].data if self.is_bound else []
        chosen = [pk for pk in typed if pk.isdecimal()]
        found = accounts.filter(search__contains=folded(sought)).exclude(pk__in=chosen)[: SHOWN + 1]
        field.choices = [(account.pk, named(account)) for account in [*accounts.filter(pk__in=chosen), *found[:SHOWN]]]
        if len(found) > SHOWN:
            field.help_text = _("Each comes with its account manager. There are more: find them by name.")
        elif not found:
            field.help_text = _("No customer that is not in the wave yet is found by this name.")


def named(account: Account) -> str:
    manager = account.manager.name if account.manager else ""
    return " · ".join(filter(None, [account.name, account.business_unit, account.country, manager]))


class AgreeForm(StepForm):
    """The account manager's own word, for or against (P-13)."""

    agrees = YesNo(
        label=_("Will you give feedback on the processes and tools, and on what it does for the customer?"),
        yes=_("Yes, I will"), no=_("No, I will not"),
    )  # fmt: skip
    words = Long(label=_("In words"), rows=3, required=False, max_length=2000)


class RateForm(StepForm):
    """How well the account manager plans, with the account plan, linked or attached on the candidate's page (P-12)."""

    score = Score(label=_("How they plan accounts"))
    link = forms.URLField(label=_("Link to the account plan"), required=False, max_length=500, assume_scheme="https")
    plan: Any = forms.ModelChoiceField(
        label=_("Or the plan as attached to this candidate"), queryset=None, required=False, empty_label=_("None of these"),
        help_text=_("Attach the file on the candidate’s page first, then choose it here."),
    )  # fmt: skip
    words = Long(label=_("Why"), rows=4, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = Attachment.objects.of(self.obj).filter(removed_at=None)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        met = (given.get("score") or 0) >= MET_FROM
        if met and not given.get("link") and not given.get("plan") and "link" in given:
            self.add_error("link", _("Who plans well has a plan: link it, or choose the one that is attached."))
        return given


class JudgeForm(Form):
    """One criterion judged, with the evidence that it takes before it can be met (P-06 to P-14)."""

    met = YesNo(label=_("Is it met?"), yes=_("Yes, it is met"), no=_("No, it is not"))
    score = Score(label=_("How well"))
    words = Long(label=_("What it goes by"), rows=4, required=False, max_length=2000)
    who = forms.CharField(label=_("Who said so"), max_length=160, required=False)
    day = Past(label=_("When"), required=False)

    ASKS: dict[str, tuple[str, ...]] = {
        Evidence.OPPORTUNITY: ("score", "words"),
        Evidence.SAID: ("score", "who", "day", "words"),
        Evidence.NEGOTIATION: ("met", "day", "words"),
        Evidence.RFP: ("met", "day", "words"),
        Evidence.AGE: ("met", "words"),
        Evidence.OUTCOME: ("score", "words", "day"),
        Evidence.WORDS: ("score", "words"),
    }
    NEEDS: dict[str, dict[str, Any]] = {
        Evidence.OPPORTUNITY: {"words": _("Name at least one opportunity or solution.")},
        Evidence.SAID: {"who": _("Say who expressed it."), "day": _("Say when it was expressed.")},
        Evidence.NEGOTIATION: {"day": _("Say on which day it was checked.")},
        Evidence.RFP: {"day": _("Say on which day it was checked.")},
        Evidence.OUTCOME: {"words": _("Describe the outcome."), "day": _("Say when it was reached.")},
        Evidence.WORDS: {"words": _("Say what it goes by.")},
    }
    LABELS: dict[str, dict[str, Any]] = {
        Evidence.OPPORTUNITY: {"words": _("Opportunities or solutions, by name")},
        Evidence.SAID: {"day": _("When it was expressed"), "words": _("In which words")},
        Evidence.NEGOTIATION: {"day": _("Checked on"), "words": _("Where it was looked up")},
        Evidence.RFP: {"day": _("Checked on"), "words": _("Where it was looked up")},
        Evidence.OUTCOME: {"words": _("What was achieved"), "day": _("Reached on")},
    }

    def __init__(self, *args: Any, criterion: Any, on_file: OnFile | None, **kwargs: Any) -> None:
        self.evidence, self.on_file = Evidence(criterion.evidence), on_file
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(self.ASKS[self.evidence]):
            del self.fields[name]
        for name, label in self.LABELS.get(self.evidence, {}).items():
            self.fields[name].label = label
        for name in self.NEEDS.get(self.evidence, {}):
            self.fields[name].one_of = say("needed before it is met")  # type: ignore[attr-defined]
        self.order_fields(self.ASKS[self.evidence])
        if "score" in self.fields:
            self.fields["score"].help_text = say("From %(bar)d on it counts as met.") % {"bar": MET_FROM}

    def clean(self) -> dict[str, Any]:
        """Before it is met, its evidence is there; what is on file against it cannot be judged away."""
        given = self.cleaned_data
        if "score" in self.fields and given.get("score"):
            given["met"] = given["score"] >= MET_FROM
        if given.get("met"):
            if self.on_file and self.on_file.says is False:
                raise ValidationError(
                    say("It cannot be met while this is on file: %(known)s."), params={"known": self.on_file.words}
                )
            for name, sentence in self.NEEDS.get(self.evidence, {}).items():
                if name in given and not given[name]:
                    self.add_error(name, sentence)
        return given


class DisqualifyForm(CommentForm):
    """By which criterion, and why."""

    same_for_many = False
    criterion = forms.ChoiceField(label=_("Which criterion"))
    field_order = ("criterion", "comment")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["criterion"]
        field.choices = [(one.title, one.title) for one in self.obj.wave.criteria.criteria]


class TestsForm(Form):
    """What of the program a candidate is to test (P-19)."""

    aspects: Any = forms.ModelMultipleChoiceField(
        label=_("What it is to test"), queryset=None, widget=Several, required=False
    )

    def __init__(self, *args: Any, candidate: PilotCandidate, **kwargs: Any) -> None:
        super().__init__(*args, initial={"aspects": candidate.aspects.all()}, **kwargs)
        self.fields["aspects"].queryset = candidate.wave.aspects.all()  # type: ignore[attr-defined]


class FeedbackForm(StepForm):
    """Each step and tool from 1 to 5 and in words; what the customer said apart from what we think (P-02, P-03)."""

    customer_said = Long(
        label=_("What the customer said"), rows=4, required=False, max_length=4000,
        help_text=_("Their words, as they were said. Leave it empty where they have said nothing."),
    )  # fmt: skip
    we_think = Long(
        label=_("What we think it did for them"), rows=4, required=False, max_length=4000,
        help_text=_("Your own judgement, told apart from their words."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.aspects = list(self.obj.wave.aspects.all())
        said = {rating.aspect_id: rating for rating in self.obj.ratings.all()}
        for aspect in self.aspects:
            self.ask(aspect, said.get(aspect.pk))
        for name in ("customer_said", "we_think"):
            self.fields[name].initial = getattr(self.obj, name)
        self.order_fields([name for name in self.fields if name not in ("customer_said", "we_think")])

    def ask(self, aspect: Any, said: Any) -> None:
        score, words = names_of(aspect)
        self.fields[score] = Score(label=aspect.title, required=False, initial=said.score if said else None)
        label = say("In words: %(aspect)s") % {"aspect": aspect.title}
        self.fields[words] = Long(
            label=label, rows=2, required=False, max_length=2000, initial=said.words if said else ""
        )

    @property
    def headings(self) -> dict[Any, list[str]]:
        kinds = ((_("Steps of the process"), AspectKind.STEP), (_("Tools"), AspectKind.TOOL))
        asked = {
            title: [name for aspect in self.aspects if aspect.kind == kind for name in names_of(aspect)]
            for title, kind in kinds
        }
        return asked | {_("The customer"): ["customer_said", "we_think"]}

    def clean(self) -> dict[str, Any]:
        given, ratings = self.cleaned_data, []
        for aspect in self.aspects:
            score, words = names_of(aspect)
            if given.get(score) and not given.get(words) and words in given:
                self.add_error(words, _("Say it in words as well."))
            elif given.get(words) and not given.get(score):
                self.add_error(score, _("Choose how it was, from 1 to 5."))
            elif given.get(score):
                ratings.append([aspect.pk, given[score], given[words]])
        impact = {name: given.get(name, "") for name in ("customer_said", "we_think")}
        if not any(impact.values()):
            self.add_error("we_think", _("Say what it did for the customer: in their words, or as you see it."))
        return {"ratings": ratings} | impact


def names_of(aspect: Any) -> tuple[str, str]:
    return f"score_{aspect.pk}", f"words_{aspect.pk}"


def initial_of(judgement: Any) -> dict[str, Any]:
    """What was judged before, to begin from; a check is of today."""
    if judgement is None:
        return {"day": localdate()}
    return {name: getattr(judgement, name) for name in ("met", "score", "words", "who", "day")}
