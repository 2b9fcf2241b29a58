"""What people type about an account and the people met there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui.forms import Day, Form, ModelForm, Several

from .models import Account


class AccountForm(ModelForm):
    """The facts of an account."""

    headings = {
        _("Who they are"): ["name", "sector", "business_unit", "theater", "customer_since"],
        _("Where they are"): ["street", "postcode", "city", "country"],
        _("Who answers for them"): ["manager", "designated_leaders"],
    }
    customer_since = Day(label=_("Customer since"), required=False)

    class Meta:
        model = Account
        fields = [
            "name", "sector", "business_unit", "theater", "customer_since", "street", "postcode", "city", "country",
            "manager", "designated_leaders",
        ]  # fmt: skip
        widgets = {"designated_leaders": Several()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        manager: Any = self.fields["manager"]
        manager.queryset, manager.empty_label = User.objects.holding(Role.REP), _("Nobody yet")
        leaders: Any = self.fields["designated_leaders"]
        leaders.queryset = User.objects.holding(Role.LEADER, Role.EXECUTIVE)

    def _post_clean(self) -> None:
        """The row itself is written by the action alone, after the lock."""


class ContactForm(Form):
    """Somebody at the customer."""

    name = forms.CharField(label=_("Name"), max_length=120)
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("A digital review goes there by a signed link.")
    )
    is_main = forms.BooleanField(
        label=_("First to be addressed"), required=False, help_text=_("The letter of the review begins with this name.")
    )
