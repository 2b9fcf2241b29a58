"""Why a candidate stands where it stands in the list of its wave, in one sentence (P-22)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from acr_program.ui.phrases import names

from .choices import TO_CHOOSE, Tier
from .scorecard import Line, Scorecard, scorecard


def reason_of(candidate: Any) -> str:
    """By its scorecards, of a pilot as they were when it was chosen; what took it out of the list where it is out."""
    if candidate.tier == Tier.OUT:
        words = _("%(state)s: %(why)s")
        return words % {"state": candidate.get_status_display(), "why": candidate.reason or _("no reason was given")}
    card = scorecard(candidate)
    return SENTENCES[card.tier if candidate.status in TO_CHOOSE else candidate.stands](card)


def passes(card: Scorecard) -> str:
    rated = sorted(
        (line for line in card.lines if line.judgement and line.judgement.score), key=lambda line: -line.judgement.score
    )
    words = _("Both scorecards pass, with %(score)d of %(most)d.") % {"score": card.score, "most": card.most}
    if rated and rated[0].judgement.score != rated[-1].judgement.score:
        words += " " + _("Best: %(best)s. Weakest: %(weakest)s.") % {"best": said(rated[0]), "weakest": said(rated[-1])}
    return words


def said(line: Line) -> str:
    return f"“{line.criterion.title}” ({line.judgement.score})"


def needs_another_manager(card: Scorecard) -> str:
    weak = [line.why_not for line in card.manager if line.met is False]
    return _("The account passes and needs another manager: %(weak)s.") % {"weak": names(weak)}


def is_open(card: Scorecard) -> str:
    left = [f"“{line.criterion.title}”" for line in card.lines if line.met is None]
    words = _("%(score)d of %(most)d so far; still to be judged: %(left)s.")
    return words % {"score": card.score, "most": card.most, "left": names(left)}


def fails(card: Scorecard) -> str:
    return _("The account does not pass: %(why)s.") % {
        "why": names([x.why_not for x in card.account if x.met is False])
    }


SENTENCES = {Tier.PASSES: passes, Tier.OTHER_MANAGER: needs_another_manager, Tier.OPEN: is_open, Tier.FAILS: fails}
