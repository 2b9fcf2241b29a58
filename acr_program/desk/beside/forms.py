"""What is asked of whoever comments or attaches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.files.uploads import too_large
from acr_program.people.models import User
from acr_program.ui.forms import Form

from ..models import Comment
from ..models.comments import LONGEST
from .handles import people_named


class CommentForm(Form):
    """Some words; whom they mention is found while they are checked."""

    text = forms.CharField(
        label=gettext_lazy("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Write @first.last to tell somebody. Everybody who sees this page reads it."),
        error_messages={"required": gettext_lazy("There is nothing to say yet.")},
    )
    answers = forms.ModelChoiceField(Comment.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, obj: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.obj = obj
        self.named: dict[str, User] = {}
        self.fields["answers"].queryset = Comment.objects.of(obj).filter(withdrawn_at=None)  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()
        self.named = people_named(self.obj, text)
        return text


class ChangeForm(CommentForm):
    """Other words in place of the first."""

    answers = None  # type: ignore[assignment]

    def __init__(self, *args: Any, obj: Any, **kwargs: Any) -> None:
        super(CommentForm, self).__init__(*args, **kwargs)
        self.obj, self.named = obj, {}


class AttachForm(Form):
    """One file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, PNG, JPEG, Word, Excel or PowerPoint without macros, TXT, CSV; at most 10 MB."),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def __init__(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if request is not None and too_large(request):
            self.fields["file"].error_messages["required"] = _("The file is larger than 10 MB. Send a smaller one.")
