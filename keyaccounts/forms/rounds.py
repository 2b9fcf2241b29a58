"""What is asked about nominations, the calling of a panel, the programme and its tiers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.absent import without_absent
from accounts.models import Account
from acr_program.people.choices import Role
from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.people.roles import program_office
from acr_program.ui.forms import Form, Long
from acr_program.workflow.forms import StepForm

from ..models import Programme, Tier
from ..models.programme import KEY, MAJOR, NATIONAL

SHOWN, LONGEST_KEY = 50, 15
OWN = "own"
MANY = {KEY: "key accounts", MAJOR: "major accounts", NATIONAL: "national accounts"}


class CallPanelForm(StepForm):
    """Before the year is over only with the reason, which is kept as the exception (K-11)."""

    same_for_many = True
    comment = Long(label=_("Why before the year is over"), rows=4, required=False, max_length=4000)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        ends = self.obj.incubating_until
        if ends and localdate() < ends and not given.get("comment"):
            self.add_error("comment", _("The year is not over: say why the panel is called before its end."))
        return given


def accounts_of(user: User) -> Any:
    """The customers that this person may nominate: the office all, leaders their people's, account managers their own.

    Whoever is recused from an account finds it here as little as anywhere (feature 70).
    """
    rows = without_absent(Account.objects.live(), user).order_by("name", "pk")
    if program_office(user):
        return rows
    own = [user.pk, *user.stands_in_for]
    managers = User.objects.filter(pk__in=own)
    if user.has(Role.LEADER):
        managers |= User.objects.filter(reports_to__in=own)
    return rows.filter(manager__in=managers.order_by().values("pk"))


class NominateForm(Form):
    """Which account, and why (K-06). Of very many accounts the first are offered; `narrowed` finds the others by name."""

    account: Any = forms.ModelChoiceField(
        label=_("Account"), queryset=None, error_messages={"required": _("Choose the account.")}
    )
    nomination = Long(
        label=_("Why it is nominated"), rows=6, max_length=4000,
        help_text=_("What it is worth to us, what we are worth to it, and what shows that it can become more."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, narrowed: str = "", chosen: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows, choice = accounts_of(user), self.fields["account"]
        choice.queryset = rows  # type: ignore[attr-defined]
        found = narrowed_to(rows, narrowed)
        offered = list(found[: SHOWN + 1])
        self.has_more = len(offered) > SHOWN
        wanted = number_in(str(self.data.get("account") or chosen))
        if wanted and not any(one.pk == wanted for one in offered):
            offered = [*rows.filter(pk=wanted), *offered]
        choice.widget.choices = [("", say("Please choose")), *((one.pk, one.name) for one in offered[: SHOWN + 1])]
        if wanted:
            choice.initial = wanted


def number_in(word: str) -> int:
    """The key that an address names; 0 where it names none."""
    return int(word) if word.isascii() and word.isdigit() and len(word) < LONGEST_KEY else 0


def narrowed_to(rows: Any, words: str) -> Any:
    for word in folded(words).split()[:8]:
        rows = rows.filter(search__contains=word)
    return rows


class ProgrammeForm(Form):
    """What the programme is called, and how it runs (K-04)."""

    called = forms.ChoiceField(
        label=_("What its accounts are called"),
        choices=[(KEY, _("Key accounts")), (MAJOR, _("Major accounts")), (NATIONAL, _("National accounts")),
                 (OWN, _("In words of our own"))],
    )  # fmt: skip
    name = forms.CharField(
        label=_("One of them, in our own words"), max_length=40, required=False, help_text=_("Like: strategic account")
    )
    plural = forms.CharField(
        label=_("Many of them, in our own words"),
        max_length=40,
        required=False,
        help_text=_("Like: strategic accounts"),
    )
    nomination_days = forms.IntegerField(label=_("Days for nominations each quarter"), min_value=1, max_value=85)
    barred_months = forms.IntegerField(
        label=_("Months until a rejected account may be nominated again"), min_value=0, max_value=60
    )
    quorum = forms.IntegerField(label=_("Members of a panel who have to vote"), min_value=1, max_value=30)
    chair: Any = forms.ModelChoiceField(
        label=_("Chair of the panel"), queryset=None, required=False, empty_label=_("Nobody yet"),
        help_text=_("A senior executive: carries out what the panel decides."),
    )  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        names = ("name", "plural", "nomination_days", "barred_months", "quorum", "chair")
        known = {name: getattr(programme, name) for name in names}
        own = MANY.get(programme.name) != programme.plural
        known |= {"called": OWN if own else programme.name} | ({} if own else {"name": "", "plural": ""})
        super().__init__(*args, initial=known, **kwargs)
        self.fields["chair"].queryset = User.objects.holding(Role.EXECUTIVE)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        called = given.pop("called", "")
        if called in MANY:
            given |= {"name": called, "plural": MANY[called]}
        elif called:
            for name in ("name", "plural"):
                if name in given and not given[name].strip():
                    self.add_error(name, _("Say it in your own words, or choose one of the three names above."))
        return given


class TierForm(Form):
    """A level within the programme, and what it means (K-17)."""

    name = forms.CharField(label=_("Tier"), max_length=40)
    rank = forms.IntegerField(label=_("Rank"), min_value=1, max_value=20, help_text=_("1 is the highest."))
    meaning = Long(label=_("What it means for the customer"), rows=4, max_length=1000, required=False)

    def __init__(self, *args: Any, tier: Tier, **kwargs: Any) -> None:
        self.tier = tier
        super().__init__(*args, initial={name: getattr(tier, name) for name in self.base_fields}, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        same = Tier.objects.filter(name__iexact=given.get("name", "")).exclude(pk=self.tier.pk)
        if same.exists():
            self.add_error("name", _("There is a tier of this name already."))
        return given
