"""Django's own drawing of text boxes and menus, word for word, without a template for each option."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from acr_program.ui.markup import safe

INPUTS = ("date", "datetime", "email", "hidden", "input", "number", "text", "time", "url")
OPTION = "django/forms/widgets/select_option.html"


def attributes(attrs: Mapping[str, Any]) -> str:
    """True as a bare word, False as nothing, all else with its value."""
    return "".join(
        f" {safe(name)}" if value is True else f' {safe(name)}="{safe(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def text_box(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{safe(widget["value"])}"'
    return f'<input type="{safe(widget["type"])}" name="{safe(widget["name"])}"{value}{attributes(widget["attrs"])}>'


def menu(widget: Mapping[str, Any]) -> str:
    groups = "".join(group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{safe(widget["name"])}"{attributes(widget["attrs"])}>{groups}\n</select>'


def group(name: Any, options: Any) -> str:
    drawn = "".join(
        f'\n  <option value="{safe(o["value"])}"{attributes(o["attrs"])}>{safe(o["label"])}</option>\n' for o in options
    )
    return f'\n  <optgroup label="{safe(name)}">{drawn}\n  </optgroup>' if name else drawn


KNOWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "django/forms/widgets/select.html": menu,
    **{f"django/forms/widgets/{name}.html": text_box for name in INPUTS},
}


def drawn(template_name: str, context: Mapping[str, Any]) -> SafeString | None:
    """The widget, where it is one of these and its options are drawn as Django draws them."""
    draw, widget = KNOWN.get(template_name), context.get("widget")
    if draw is None or widget is None:
        return None
    for _name, options, _index in widget.get("optgroups", ()):
        if any(option["template_name"] != OPTION for option in options):
            return None
    return SafeString(draw(widget))
