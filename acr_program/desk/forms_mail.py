"""What people choose about their mails."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.outbox.choices import Way
from acr_program.outbox.kinds import choosable
from acr_program.ui.forms import Form

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class MailForm(Form):
    """The hour of the digest, and for each kind one of three ways."""

    digest_hour = forms.TypedChoiceField(
        label=_("The daily digest comes at"), choices=HOURS, coerce=int,
        help_text=_("In your own time zone. One mail a day at most, and none on a day with nothing to say."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings: dict[Any, list[str]] = {_("Once a day"): ["digest_hour"]}
        for kind in choosable():
            words = str(kind.words)
            self.fields[kind.name] = forms.ChoiceField(
                label=words[:1].upper() + words[1:], choices=Way.choices, help_text=kind.says
            )
            self.headings.setdefault(kind.group.title, []).append(kind.name)


class ReasonForm(Form):
    """Why a mail is held, let go or dropped."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Kept with the mail, with your name and the time.")
    )
