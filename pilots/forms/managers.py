"""What is noted of an account manager (P-21)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.ui.forms import Form, Long


class SkillsForm(Form):
    """What somebody is good at."""

    skills = Long(
        label=_("Skills"), rows=3, required=False, max_length=400,
        help_text=_("In a few words: plans a year ahead, speaks Portuguese, knows cold chains."),
    )  # fmt: skip
