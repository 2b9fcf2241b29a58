"""What every part has: its words, and who contributes to it (N4.1, N4.5)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from acr_program.ui.columns import Column

from ...models import Contributor, Part
from ..format import BY_KEY
from ..kinds import Kind, kind
from ..row_forms import RowForm


class TextForm(RowForm):
    """The words of a part, under its own question."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, part = self.fields["text"], BY_KEY.get(self.instance.key)
        field.label = say("In words")
        field.help_text = str(part.asks) if part else ""
        field.widget.attrs["rows"] = 10


class ContributorForm(RowForm):
    """Somebody of our house, or somebody from outside; never both."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        person, name = given.get("person"), given.get("name")
        if bool(person) == bool(name):
            self.add_error("name", say("Choose somebody of our house, or name somebody from outside."))
        return given


TEXT = kind(
    Kind("text", "", Part, _("In words"), one=_("text"), fields=("text",), fixed=True, form=TextForm, names_part="key")
)
CONTRIBUTORS = kind(
    Kind(
        "contributors", "", Contributor, _("Who contributes"), one=_("contributor"), add=_("Name a contributor"),
        empty=_("Nobody is named yet: name somebody of our house, and somebody from outside."),
        columns=[Column("who", _("Who"), str), Column("side", _("Side")), Column("of", _("Of"), empty="")],
        fields=("person", "name", "of"), form=ContributorForm,
    )
)  # fmt: skip
