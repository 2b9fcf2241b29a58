"""Text boxes and menus are drawn word for word as Django draws them."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from acr_program.ui import widgets
from acr_program.ui.forms import Renderer

GROUPED = [("", "Any"), ("Old", [("a", "<A>"), ("b", "B & C")]), ("n", "New")]
CASES = [
    (forms.TextInput(attrs={"type": "search", "data-x": 'a "b"'}), "x<y>"),
    (forms.TextInput(), None),
    (forms.NumberInput(attrs={"min": 1}), 12),
    (forms.EmailInput(attrs={"required": True, "hidden": False}), "a@b.example"),
    (forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "2026-11-23"),
    (forms.HiddenInput(), 5),
    (forms.Select(choices=GROUPED), "b"),
    (forms.Select(choices=GROUPED), None),
    (forms.SelectMultiple(choices=[("1", "One"), ("2", "Two")]), ["1", "2"]),
]


@pytest.mark.parametrize(("widget", "value"), CASES)
def test_a_widget_is_the_same_without_a_template(widget: forms.Widget, value: object) -> None:
    plain = widget.render("field", value, {"id": "f"}, renderer=DjangoTemplates())

    assert widget.render("field", value, {"id": "f"}, renderer=Renderer()) == plain
    assert widgets.drawn(widget.template_name, widget.get_context("field", value, {"id": "f"})) == plain


def test_options_that_draw_themselves_are_left_to_their_template() -> None:
    class Own(forms.Select):
        option_template_name = "django/forms/widgets/radio_option.html"

    widget = Own(choices=[("a", "A")])

    assert widgets.drawn(widget.template_name, widget.get_context("field", "a", {})) is None
