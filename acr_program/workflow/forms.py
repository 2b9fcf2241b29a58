"""What steps ask: the base form of a step, and the one that asks for a comment."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User
from acr_program.ui.forms import Form

from .log import LogEntry
from .machine import Machine


class StepForm(Form):
    """Asks what a step takes: its cleaned data are the arguments of the step's method.

    `same_for_many` says that the same answers can do for many things at once; a form that builds on another says it anew.
    """

    same_for_many: ClassVar[bool] = False
    obj: Any

    def __init__(self, *args: Any, obj: Machine, user: User, **kwargs: Any) -> None:
        self.obj, self.user = obj, user
        super().__init__(*args, **kwargs)

    def quotes(self) -> list[LogEntry]:
        """What others have said that this step answers: quoted above the questions."""
        return []

    def hints(self) -> list[str]:
        """What is worth another look in answers that were taken: said once the step is taken, refusing nothing."""
        return []


class CommentForm(StepForm):
    """A step that says no, or hands something back, demands a comment (docs/workflows)."""

    same_for_many = True
    comment = forms.CharField(
        label=_("Why"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown to whoever has to act next."),
        error_messages={"required": _("Say why: whoever acts next has nothing else to go by.")},
    )
