"""What is asked of whoever suggests a change, and of a leader who names a star performer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User
from acr_program.ui.forms import Form
from reviews.actions.voices import examples_for, representatives
from reviews.choices import TemplateStatus
from reviews.models import Section, TemplateVersion

from .feedback import grouped


def in_use(only: TemplateVersion | None = None) -> Any:
    """The sections that can be named: of one version, else of those published."""
    rows = Section.objects.filter(slot=False).select_related("template")
    rows = rows.filter(template=only) if only else rows.filter(template__status=TemplateStatus.PUBLISHED)
    return rows.order_by("template__audience", "template", "place")


class SuggestForm(Form):
    """One change of the template or the process."""

    about = forms.ChoiceField(label=_("What should change"))
    words = forms.CharField(
        label=_("How it should change"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The program manager reads it and answers; you are told."),
    )  # fmt: skip

    def __init__(self, *args: Any, template: TemplateVersion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        [_none, *groups] = grouped(in_use(template), told_apart=template is None)
        self.fields["about"].choices = [("", _("choose one")), *groups]  # type: ignore[attr-defined]


class FromLessonForm(SuggestForm):
    """The same, begun from what a star performer said."""

    words = forms.CharField(
        label=_("How it should change"), max_length=1000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Stands in the list under the name of whoever was taught it; they are told what becomes of it."),
    )  # fmt: skip


class NominateForm(Form):
    """Whom, for which review, and why."""

    person: Any = forms.ModelChoiceField(label=_("Sales representative"), queryset=None)
    example: Any = forms.ModelChoiceField(
        label=_("A review that shows it"), queryset=None, help_text=_("One of theirs that the customer has in hand.")
    )
    reason = forms.CharField(
        label=_("Why others should learn from them"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Read by the program manager, who confirms or declines."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        examples = examples_for(user)
        self.fields["example"].queryset = examples  # type: ignore[attr-defined]
        self.fields["person"].queryset = representatives().filter(pk__in=examples.order_by().values("rep"))  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = lambda person: person.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        person, example = data.get("person"), data.get("example")
        if person and example and example.rep_id != person.pk:
            self.add_error("example", _("This is a review of %(name)s.") % {"name": example.rep.name})
        return data
