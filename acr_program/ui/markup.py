"""The small marks that a list draws by the hundred: badge, person, icon, count. Written once, here, because a plain
function costs a tenth of a template; <c-badge>, <c-person> and <c-icon> call the same ones. Each value goes through
`safe`, which escapes whatever is not marked safe already."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from acr_program.ui.icons import PATHS
from acr_program.ui.kept import gettext as _

TONES = ("neutral", "info", "good", "warn", "bad")


def safe(value: object) -> str:
    """A value as it may stand in a page."""
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def attribute(name: str, value: object) -> SafeString:
    """One attribute with a leading space, or nothing for an empty value."""
    return SafeString("" if value in ("", None, False) else f' {name}="{safe(value)}"')


@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """A decoration beside a word; never alone. An unknown name fails loudly, in the first test that draws it."""
    return SafeString(f'<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="{PATHS[name]}"/></svg>')


def badge(label: object, tone: str = "neutral", kind: str = "", size: str = "") -> SafeString:
    """A state in a word; the tone gives colour and shape."""
    return known_badge(safe(label), tone or "neutral", kind, size)


@lru_cache(maxsize=2048)
def known_badge(label: str, tone: str, kind: str, size: str) -> SafeString:
    """There are few states and many rows."""
    more = attribute("data-kind", kind) + attribute("data-size", size)
    return SafeString(f'<span class="badge" data-tone="{safe(tone)}"{more}>{label}</span>')


def toned(text: object, tone: str) -> SafeString:
    """Words in the ink of a tone, for a cell that judges."""
    return SafeString(f'<span class="toned" data-tone="{safe(tone)}">{safe(text)}</span>')


def count(number: object, tone: str = "neutral") -> SafeString:
    """A number on a link."""
    return SafeString(f'<span class="count" data-tone="{safe(tone or "neutral")}">{safe(number)}</span>')


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
    small = f"<small>{safe(note)}</small>" if note else ""
    more = attribute("data-size", size) + (" data-me" if me else "")
    return SafeString(
        f'<span class="person"{more}><span class="person__face" aria-hidden="true">{safe(face)}</span>'
        f'<span class="person__name"><span>{safe(name)}</span>{small}</span></span>'
    )


def quiet(text: object) -> SafeString:
    """An empty value as a quiet word, never a dash alone."""
    return SafeString(f'<span class="quiet">{safe(text)}</span>')


def address(email: object) -> SafeString:
    """An e-mail address that may go on in the next line after its @ and its dots, never inside a word."""
    return SafeString(safe(email).replace("@", "@<wbr>").replace(".", ".<wbr>"))


def link(text: object, url: str, sub: object = "") -> SafeString:
    """The name of a row, leading to it; what else there is to say stands small under it."""
    small = f"<small>{safe(sub)}</small>" if sub else ""
    return SafeString(f'<a class="table__link" href="{safe(url)}">{safe(text)}</a>{small}')


def under(text: object, sub: object) -> SafeString:
    """A cell of two lines: the value, and small under it what belongs to it."""
    return SafeString(f'{safe(text)}<small class="table__sub">{safe(sub)}</small>' if sub else safe(text))


def small_life(stages: Iterable[Any], label: object) -> SafeString:
    """The life of a thing as a thin bar, for rows; the label says it in words."""
    bars = "".join(
        f'<i class="life__stage" data-is="{safe(stage.mood)}"{attribute("data-tone", stage.tone)}></i>'
        for stage in stages
    )
    return SafeString(f'<span class="life" data-size="small" role="img" aria-label="{safe(label)}">{bars}</span>')


def life_words(stages: Sequence[Any]) -> str:
    """Stage 3 of 9: compiling since 16 Nov; what a narrow page says in place of the row."""
    now = next((n for n, stage in enumerate(stages, 1) if stage.mood == "now"), 0)
    if not now:
        return str(stages[-1].label) if stages and all(stage.mood == "done" for stage in stages) else _("Not begun")
    stage = stages[now - 1]
    words = {"now": now, "all": len(stages), "name": stage.label, "note": stage.note}
    return (_("Stage %(now)s of %(all)s: %(name)s %(note)s") % words).strip()
