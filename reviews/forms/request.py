"""What a sales representative types to request a review, and what an administrator types to name an approver."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.absent import without_absent
from accounts.models import Account, Contact
from acr_program.charter.choices import YearStatus
from acr_program.charter.models import ProgramYear
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui.forms import Cards, Day, Form, Long
from reviews.actions.requesting import MOST_COPIES, address_of
from reviews.choices import Audience, Delivery, RequestStatus, TemplateStatus
from reviews.models import ProcessVersion, ReviewRequest, Section
from reviews.pages.plan import plan_for, working_days
from reviews.schedule import days_for, whole_days

KEPT = (
    "audience", "meeting_on", "meeting_place", "short_notice_reason", "goal", "delivery", "recipient", "copies",
    "ship_to",
)  # fmt: skip
FOR_WHOM = {
    Audience.EXECUTIVE: _("for those who decide on the relationship"),
    Audience.OPERATIONAL: _("for those who order, receive and pay"),
}
NOT_YOURS = _("Choose one of your accounts.")
MISSING_RECIPIENT = _("Choose who gets the link; who is missing is added on the account’s page.")


def accounts_of(user: User) -> QuerySet[Account]:
    """The customers this person may request a review for: their own, and those of whom they stand in for."""
    rows = Account.objects.live().filter(manager__in=[user.pk, *user.stands_in_for])
    found: QuerySet[Account] = without_absent(rows, user).order_by("name", "pk")
    return found


class RequestForm(Form):
    """A request for one account's review. As a draft it needs its account and its day; submitted, all that is asked."""

    account: Any = forms.ModelChoiceField(
        label=_("Account"),
        queryset=None,
        empty_label=_("Choose an account"),
        error_messages={"invalid_choice": NOT_YOURS},
    )
    audience = forms.ChoiceField(
        label=_("Audience"), choices=Audience.choices, initial=Audience.EXECUTIVE, widget=Cards()
    )
    meeting_on = Day(label=_("Date"))
    meeting_place = forms.CharField(
        label=_("Place"), max_length=160, required=False, help_text=_("The customer reads it beside the day."),
    )  # fmt: skip
    short_notice_reason = forms.CharField(
        label=_("Why it must be sooner"), max_length=300, required=False,
        help_text=_("Only for a day before the first safe one; the office reads it before it accepts."),
    )  # fmt: skip
    goal = Long(
        label=_("What should the meeting achieve?"), words=80, max_length=2000,
        help_text=_("One or two sentences; contributors choose their examples by it."),
        error_messages={"required": _("Write at least one sentence; contributors choose their examples by it.")},
    )  # fmt: skip
    delivery = forms.ChoiceField(
        label=_("How the document is delivered"), choices=Delivery.choices, initial=Delivery.DIGITAL, widget=Cards()
    )
    recipient: Any = forms.ModelChoiceField(
        label=_("Recipient at the customer"), queryset=None, required=False, empty_label=_("Nobody chosen"),
        error_messages={"invalid_choice": _("Choose somebody of this account.")},
    )  # fmt: skip
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=MOST_COPIES, required=False)
    ship_to = forms.CharField(label=_("Deliver the copies to"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        user: User,
        account: Account | None = None,
        final: bool = False,
        fixed: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.final = user, final
        self.year: ProgramYear | None = None
        choice: Any = self.fields["account"]
        choice.queryset = accounts_of(user)
        choice.label_from_instance = lambda row: f"{row.name}, {row.city}" if row.city else row.name
        if fixed:
            del self.fields["account"]
        self.customer = account or self.chosen(choice)
        self.fields["goal"].required = final or not self.is_bound
        self.fit_recipients()
        self.fields["delivery"].widget.notes = delivery_notes()

    def with_audiences(self) -> RequestForm:
        """The same, each audience saying what it gets; one query, for pages that show the whole form."""
        self.fields["audience"].widget.notes = audience_notes()
        return self

    def chosen(self, choice: Any) -> Account | None:
        """The account as it is typed or given so far."""
        said = self.data.get("account") if self.is_bound else self.initial.get("account")
        try:
            return choice.clean(getattr(said, "pk", said)) if said else None
        except forms.ValidationError:
            return None

    def fit_recipients(self) -> None:
        """Contacts of the chosen account alone, the one addressed first chosen; their addresses in sight."""
        field: Any = self.fields["recipient"]
        contacts = Contact.objects.exclude(email="").filter(account=self.customer)
        field.queryset = contacts if self.customer else contacts.none()
        field.label_from_instance = lambda row: f"{row.name}, {row.email}"
        if self.customer is None:
            field.empty_label = _("Choose the account first")
            return
        if not self.is_bound:
            self.initial["ship_to"] = self.initial.get("ship_to") or address_of(self.customer)
            if not self.initial.get("recipient"):
                self.initial["recipient"] = field.queryset.filter(is_main=True).first()

    @property
    def delivery_chosen(self) -> str:
        said = self["delivery"].value()
        return said if said in Delivery.values else Delivery.DIGITAL

    @property
    def printed(self) -> bool:
        return self.delivery_chosen == Delivery.PRINTED

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.year = year_for(data.get("meeting_on"))
        if self.year is None:
            self.add_error(None, _("No program year is open: ask the program manager to begin one."))
        if self.final:
            self.check_whole(data)
        return data

    def check_whole(self, data: dict[str, Any]) -> None:
        """What a draft may still lack: a day with room or a reason, and where the document goes."""
        plan = plan_for(data.get("meeting_on"), self.delivery_chosen)
        if plan and plan.past:
            self.add_error("meeting_on", _("That day has passed. Choose a day that is still ahead."))
        elif plan and not plan.safe and not data.get("short_notice_reason"):
            self.add_error("meeting_on", plan.too_soon)
        if self.printed:
            if not data.get("copies") and "copies" not in self.errors:
                self.add_error("copies", _("Say how many copies are wanted."))
            if not data.get("ship_to"):
                self.add_error("ship_to", _("Say where the copies go."))
        elif not data.get("recipient") and "recipient" not in self.errors and self.customer:
            self.add_error("recipient", MISSING_RECIPIENT)

    def values(self) -> dict[str, Any]:
        """What stands in the request's own fields."""
        return {name: self.cleaned_data[name] for name in KEPT}


class ApproverForm(Form):
    """Who approves beside, or in place of, those found by rule; and why."""

    approver: Any = forms.ModelChoiceField(
        label=_("Designated approver"), queryset=None, required=False,
        empty_label=_("Nobody beside those found by rule"),
        help_text=_("Approves after the leader of the sales representative; alone where there is none."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why: it stands in the log beside the name.")},
    )  # fmt: skip

    def __init__(self, *args: Any, review: ReviewRequest, **kwargs: Any) -> None:
        kwargs["initial"] = {"approver": review.approver_designated_id} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        able = User.objects.holding(Role.LEADER, Role.MANAGER, Role.EXECUTIVE).exclude(pk=review.rep_id)
        field: Any = self.fields["approver"]
        field.queryset = able
        field.label_from_instance = lambda person: f"{person.name}, {person.title}" if person.title else person.name


def year_for(meeting_on: Any) -> ProgramYear | None:
    """The program year a meeting belongs to: a running one around its day, else the running one, else one to come."""
    years = list(ProgramYear.objects.exclude(status=YearStatus.CLOSED))
    years.sort(key=lambda year: (year.status == YearStatus.RUNNING, holds(year, meeting_on), year.begins_on))
    return years[-1] if years else None


def holds(year: ProgramYear, day: Any) -> bool:
    return day is not None and year.begins_on <= day <= year.ends_on


def audience_notes() -> dict[str, Any]:
    """How many sections each audience gets, as the published templates say."""
    published = Q(template__status=TemplateStatus.PUBLISHED)
    counted = Section.objects.filter(published).order_by().values_list("template__audience").annotate(Count("pk"))
    numbers = dict(counted)
    return {
        audience: ngettext("%(n)d section, %(whom)s", "%(n)d sections, %(whom)s", numbers[audience])
        % {"n": numbers[audience], "whom": whom}
        if numbers.get(audience)
        else _("No template is published for it yet")
        for audience, whom in FOR_WHOM.items()
    }


def delivery_notes() -> dict[str, Any]:
    pace = ProcessVersion.objects.in_force().pace
    saved = whole_days(Delivery.PRINTED, pace) - whole_days(Delivery.DIGITAL, pace)
    before = working_days(days_for(Delivery.PRINTED, pace, RequestStatus.MET))
    sooner = (
        _("As soon as the last leader has approved; saves %(days)s")
        if saved > 0
        else _("As soon as the last leader has approved")
    )
    return {
        Delivery.PRINTED: _("In the customer’s hands %(days)s before the meeting") % {"days": before},
        Delivery.DIGITAL: sooner % {"days": working_days(saved)},
    }
