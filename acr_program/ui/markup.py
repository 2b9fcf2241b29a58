"""The small marks that a list draws by the hundred: badge, person, icon, count. Written once, here, because a plain
function costs a tenth of a template; <c-badge>, <c-person> and <c-icon> call the same ones."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from acr_program.ui.icons import PATHS

TONES = ("neutral", "info", "good", "warn", "bad")


def attribute(name: str, value: object) -> SafeString:
    """One attribute with a leading space, or nothing for an empty value."""
    return format_html(' {}="{}"', name, value) if value not in ("", None, False) else SafeString("")


def icon(name: str) -> SafeString:
    """A decoration beside a word; never alone. An unknown name fails loudly, in the first test that draws it."""
    return format_html('<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="{}"/></svg>', PATHS[name])


def badge(label: object, tone: str = "neutral", kind: str = "", size: str = "") -> SafeString:
    """A state in a word; the tone gives colour and shape."""
    more = attribute("data-kind", kind) + attribute("data-size", size)
    return format_html('<span class="badge" data-tone="{}"{}>{}</span>', tone or "neutral", more, label)


def toned(text: object, tone: str) -> SafeString:
    """Words in the ink of a tone, for a cell that judges."""
    return format_html('<span class="toned" data-tone="{}">{}</span>', tone, text)


def count(number: object, tone: str = "neutral") -> SafeString:
    """A number on a link."""
    return format_html('<span class="count" data-tone="{}">{}</span>', tone or "neutral", number)


def initials(name: str) -> str:
    """Two letters for a face: first and last word of the name."""
    words = [word for word in name.split() if word[:1].isalpha()]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else "?"


def person(of: Any, note: object = "", size: str = "", me: bool = False, empty: object = "") -> SafeString:
    """Who: a face of initials and a name. Nobody is said in words."""
    if not of:
        return quiet(empty or _("nobody yet"))
    name = of if isinstance(of, str) else of.get_full_name()
    face = getattr(of, "initials", "") or initials(name)
    under = format_html("<small>{}</small>", note) if note else ""
    more = attribute("data-size", size) + (SafeString(" data-me") if me else "")
    return format_html(
        '<span class="person"{}><span class="person__face" aria-hidden="true">{}</span>'
        '<span class="person__name"><span>{}</span>{}</span></span>',
        more,
        face,
        name,
        under,
    )


def quiet(text: object) -> SafeString:
    """An empty value as a quiet word, never a dash alone."""
    return format_html('<span class="quiet">{}</span>', text)


def link(text: object, url: str, sub: object = "") -> SafeString:
    """The name of a row, leading to it; what else there is to say stands small under it."""
    under = format_html("<small>{}</small>", sub) if sub else ""
    return format_html('<a class="table__link" href="{}">{}</a>{}', url, text, under)


def under(text: Any, sub: object) -> SafeString:
    """A cell of two lines: the value, and small under it what belongs to it."""
    return format_html('{}<small class="table__sub">{}</small>', text, sub) if sub else conditional_escape(text)


def small_life(stages: Iterable[Any], label: object) -> SafeString:
    """The life of a thing as a thin bar, for rows; the label says it in words."""
    bars = format_html_join(
        "",
        '<i class="life__stage" data-is="{}"{}></i>',
        ((stage.mood, attribute("data-tone", stage.tone)) for stage in stages),
    )
    return format_html('<span class="life" data-size="small" role="img" aria-label="{}">{}</span>', label, bars)


def life_words(stages: Sequence[Any]) -> str:
    """Stage 3 of 9: compiling since 16 Nov; what a narrow page says in place of the row."""
    now = next((n for n, stage in enumerate(stages, 1) if stage.mood == "now"), 0)
    if not now:
        return str(stages[-1].label) if stages and all(stage.mood == "done" for stage in stages) else _("Not begun")
    stage = stages[now - 1]
    words = {"now": now, "all": len(stages), "name": stage.label, "note": stage.note}
    return (_("Stage %(now)s of %(all)s: %(name)s %(note)s") % words).strip()
