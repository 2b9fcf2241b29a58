"""The same questions as on the pages, and the code of the mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.workflow.forms import CommentForm, StepForm

from .steps import AnswerForm, ApproveForm


class Coded(StepForm):
    """Asks for the code that stands in the mail and not in its address: whoever only has the address decides nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Code from the mail"), max_length=12,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": 8}),
            help_text=_("Six digits; they stand below the link."),
            error_messages={"required": _("Type the six digits that stand in the mail below the link.")},
        )  # fmt: skip


class CodedAnswerForm(Coded, AnswerForm):
    """A section, with the code."""


class CodedApproveForm(Coded, ApproveForm):
    """An approval, with the code."""


class CodedCommentForm(Coded, CommentForm):
    """What has to change, with the code."""


FORMS: dict[str, type[Coded]] = {
    "submit": CodedAnswerForm,
    "approve": CodedApproveForm,
    "ask_for_changes": CodedCommentForm,
}
