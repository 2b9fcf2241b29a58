"""Where contributors and leaders find what waits for them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.roles import overseers
from acr_program.ui import nav

UNDERTAKES = (
    Role.REP, Role.LEADER, Role.CONTRIBUTOR, Role.ADMIN, Role.MANAGER, Role.EXECUTIVE, Role.AUDITOR,
)  # fmt: skip


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    from .models.content import READERS

    nav.entry(
        _("My sections"), "reviews:contributions", icon="pencil", order=30, count="contributions",
        visible=lambda user: user.has(Role.CONTRIBUTOR),
    )  # fmt: skip
    nav.entry(_("Sections"), "reviews:all-sections", icon="pencil", order=28, visible=overseers)
    nav.entry(
        _("Deviations"), "reviews:deviations", icon="flag", order=29,
        visible=lambda user: user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR),
    )  # fmt: skip
    nav.entry(
        _("Approvals"), "reviews:approvals", icon="check", order=40, count="approvals",
        visible=lambda user: user.has(Role.LEADER, Role.EXECUTIVE),
    )  # fmt: skip
    nav.entry(
        _("Print orders"), "reviews:print-orders", icon="print", order=43,
        visible=lambda user: user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR),
    )  # fmt: skip
    nav.entry(
        _("Follow-ups"), "reviews:follow-ups", icon="flag", order=45, count="follow_ups",
        visible=lambda user: user.has(*UNDERTAKES),
    )  # fmt: skip
    sees_reviews = (Role.REP, Role.LEADER, Role.ADMIN, Role.MANAGER, Role.EXECUTIVE, Role.AUDITOR)
    nav.entry(_("Feedback"), "reviews:feedback", icon="comment", order=46, visible=lambda user: user.has(*sees_reviews))
    nav.entry(
        _("Suggestions"), "reviews:suggestions", icon="star", order=47, count="suggestions",
        visible=lambda user: user.has(Role.REP, Role.LEADER, Role.CONTRIBUTOR, Role.MANAGER, Role.ADMIN, Role.AUDITOR),
    )  # fmt: skip
    nav.entry(
        _("Consistency"), "reviews:consistency", icon="check", order=49,
        visible=lambda user: user.has(Role.LEADER, Role.MANAGER, Role.ADMIN, Role.AUDITOR, Role.EXECUTIVE),
    )  # fmt: skip
    nav.entry(
        _("Star performers"), "reviews:stars", icon="star", order=48, count="stars",
        visible=lambda user: user.has(Role.LEADER, Role.MANAGER, Role.ADMIN, Role.AUDITOR),
    )  # fmt: skip
    nav.entry(
        _("Library"), "reviews:library", "document", "program", order=22, count="revisions",
        visible=lambda user: user.has(*READERS),
    )  # fmt: skip
    nav.entry(
        _("Touch-points"), "reviews:touch-points", icon="comment", order=31, count="touch_points",
        visible=lambda user: user.has(Role.CONTRIBUTOR, Role.ADMIN, Role.MANAGER, Role.AUDITOR),
    )  # fmt: skip
    nav.entry(_("Work queue"), "reviews:process-queue", icon="check", order=26, visible=overseers)
    nav.entry(_("The process"), "reviews:process", "list", "program", order=25)
