"""What is typed into a question to the program office, and into all that is said to it (R-07)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui.forms import Form, Long
from acr_program.ui.parts import Happening
from acr_program.workflow.forms import StepForm

from .asked_from import own_page


class AskForm(Form):
    """One question, with the page that it is about."""

    subject = forms.CharField(label=_("In a few words"), max_length=120)
    words = Long(label=_("Your question"), rows=6, max_length=4000)
    page = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_page(self) -> str:
        """An address of ours that is short enough to be kept; none in place of any other."""
        page = own_page(str(self.cleaned_data["page"]))
        return page if len(page) <= 400 else ""


class SayForm(StepForm):
    """What whoever asked says after it."""

    comment = Long(label=_("What you ask"), rows=5, max_length=4000)

    def quotes(self) -> list[Any]:
        """What was said last, by whomever."""
        last = self.obj.thread[-1]
        return [Happening(by_name=last.by.name, sentence="", at=last.at, comment=last.words)]


class AnswerForm(SayForm):
    """What the office answers."""

    comment = Long(label=_("Your answer"), rows=5, max_length=4000)


class HandOnForm(StepForm):
    """Which administrator answers."""

    given_to = forms.ModelChoiceField(label=_("Who answers it"), queryset=User.objects.none())
    comment = Long(label=_("What they should know"), rows=2, required=False, max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["given_to"]
        to.queryset = User.objects.holding(Role.ADMIN)
