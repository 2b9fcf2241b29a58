"""What the steps of the first filter and of its scorecards need. Functions of the object; no models (K-08, K-09)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.people.choices import Role
from acr_program.people.roles import holder_of
from acr_program.ui.phrases import names as listed
from acr_program.workflow.book import once
from acr_program.workflow.steps import Need

from .choices_filter import ScorecardStatus, Verdict
from .filter_cards import card_of
from .filter_known import plain

readers = holder_of(
    gettext_lazy("the program office, an auditor or a senior executive"),
    Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE,
)  # fmt: skip


# What a version needs before it is published


def bar_unmet(version: Any) -> str:
    """A bar that nobody can reach, or that everybody has reached, filters nothing; without points there is none to reach."""
    most = version.most
    if not most and version.bar:
        words = _("No criterion gives points, so that nobody could reach the bar of %(bar)s: set it to 0.")
        return words % {"bar": plain(version.bar)}
    if most and not 0 < version.bar <= most:
        words = _("The bar lies at %(bar)s, and the weights add up to %(most)s: set a bar between the two.")
        return words % {"bar": plain(version.bar), "most": plain(most)}
    return ""


has_criteria = Need(
    gettext_lazy("The filter has no criterion yet: add at least one."), lambda version: bool(version.listed)
)
bar_in_reach = Need(
    gettext_lazy("The bar lies between nought and what the weights add up to."),
    lambda version: not bar_unmet(version), bar_unmet,
)  # fmt: skip
is_tried = Need(
    gettext_lazy("Try it out on past decisions first: as it stands now nobody has."), lambda version: version.is_tried
)


# What a scorecard needs


def not_scored(scorecard: Any) -> str:
    """Which criteria nothing on file answers and nobody has judged."""
    open_ = card_of(scorecard).standing.open
    said = _("Still to be judged: %(criteria)s.")
    return said % {"criteria": listed(f"“{criterion.title}”" for criterion in open_)} if open_ else ""


all_scored = Need(
    gettext_lazy("Every criterion is answered by what is on file or judged by a person."),
    lambda scorecard: not not_scored(scorecard), not_scored,
)  # fmt: skip
has_newer_filter = Need(
    gettext_lazy("It is scored by the filter in force already."), lambda scorecard: scorecard.has_newer_filter
)


# What the steps of a nomination need of its scorecard


def result_of(scorecard: Any) -> str:
    """On what a confirmed scorecard passes or fails, in a sentence."""
    said = {"total": plain(scorecard.total), "bar": plain(scorecard.filter.bar)}
    if scorecard.verdict == Verdict.PASSES:
        return _("It passes the first filter: %(total)s points, at a bar of %(bar)s.") % said
    missed = listed(f"“{title}”" for title in scorecard.missed)
    if missed:
        return _("It does not pass the first filter: %(missed)s is a must-have and not met.") % {"missed": missed}
    return _("It does not pass the first filter: %(total)s points, at a bar of %(bar)s.") % said


def scorecard_of(membership: Any) -> Any:
    """The scorecard of a nomination, or None; read once for a page or a click."""
    rows: Any = membership._meta.get_field("scorecard").related_model._default_manager
    found = rows.filter(membership=membership.pk).select_related("filter")
    return once(f"scorecard of membership {membership.pk}", found.first)


def not_confirmed(membership: Any) -> str:
    """Why nothing can be decided by its scorecard yet; empty where it is confirmed."""
    card = scorecard_of(membership)
    if card is None:
        return _("Score it by the first filter first.")
    return "" if card.status == ScorecardStatus.CONFIRMED else _("Its scorecard is not confirmed yet.")


def not_passing(membership: Any) -> str:
    if why := not_confirmed(membership):
        return why
    card = scorecard_of(membership)
    return "" if card.verdict == Verdict.PASSES else result_of(card)


def not_failing(membership: Any) -> str:
    if why := not_confirmed(membership):
        return why
    card = scorecard_of(membership)
    return "" if card.verdict == Verdict.FAILS else result_of(card)


passes = Need(
    gettext_lazy("Its confirmed scorecard meets every must-have and reaches the bar."),
    lambda membership: not not_passing(membership), not_passing,
)  # fmt: skip
fails = Need(
    gettext_lazy("Its confirmed scorecard misses a must-have or the bar."),
    lambda membership: not not_failing(membership), not_failing,
)  # fmt: skip
