"""One card of the board in one string: there may be two hundred on it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from acr_program.ui import markup, phrases
from acr_program.ui.kept import gettext as _
from acr_program.ui.kept import language
from acr_program.ui.markup import safe
from acr_program.ui.tones import label_of
from reviews.models import ReviewRequest

if TYPE_CHECKING:
    from acr_program.workflow.steps import Step

    from .board import Card, Move


def drawn(card: Card) -> SafeString:
    """Whose, which, until when; who has it, who is on it; how much room is left; where it may be moved."""
    request = card.request
    name, url = safe(request.account.name), safe(request.get_absolute_url())
    which = f"<span>R{request.pk} · {safe(label_of(request, 'audience').lower())}</span>"
    lines = [f"{which}<span>{safe(phrases.day(request.meeting_on))}</span>"]
    if card.holder:
        lines.append(markup.person(card.holder.name, card.holder.small))
    if request.on_it:
        lines.append(f"<span>{markup.icon('eye')} {safe(_('%(name)s is on it') % {'name': request.on_it})}</span>")
    if card.room is not None:
        left = phrases.room(card.room)
        lines.append(markup.badge(left, card.tone, "bare") if card.tone else safe(left))
    if card.slipped:
        lines.append(f"<span>{safe(_('Slipped: %(stage)s') % {'stage': card.slipped})}</span>")
    said = "\n".join(f'  <p class="card__line">{line}</p>' for line in lines)
    moves = menu(name, url, card.moves, card.others) if card.moves else ""
    tone = markup.attribute("data-tone", card.tone)
    return SafeString(f'<li class="card"{tone}>\n  <a href="{url}">{name}</a>\n{said}\n  {moves}\n</li>')


def menu(name: str, url: str, moves: list[Move], others: list[Step]) -> str:
    """Each step leads to its own page, where it is said whether it is open; a step of somebody else's says whose."""
    word, said_in = safe(_("Move")), language()
    links = "".join(f'<a href="{url}{way(move.step.name, move.to, said_in)}' for move in moves)
    links += "".join(whose(step.name, said_in) for step in others)
    opens = f'{word}<span class="visually-hidden">: {name}</span>'
    return (
        f'<details class="menu card__moves"><summary class="button" data-size="small" data-kind="quiet">{opens}</summary>'
        f'<div class="menu__list">{links}</div></details>'
    )


@lru_cache(maxsize=512)
def whose(name: str, _language: str | None) -> str:
    step = ReviewRequest.declared_steps()[name]
    words = _("“%(step)s” is for %(who)s.") % {"step": step.label, "who": step.who}
    return f'<p class="menu__note">{safe(words)}</p>'


@lru_cache(maxsize=512)
def way(name: str, to: str, _language: str | None) -> str:
    """The rest of a link to a step, which is the same on every card."""
    where = safe(_("to %(state)s") % {"state": to})
    label = safe(ReviewRequest.declared_steps()[name].label)
    return f'steps/{safe(name)}/">{label}… <small class="quiet">{where}</small></a>'
