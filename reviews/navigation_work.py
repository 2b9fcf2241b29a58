"""Where contributors and leaders find what waits for them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.roles import overseers
from acr_program.ui import nav


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    nav.entry(
        _("My sections"), "reviews:contributions", icon="pencil", order=30, count="contributions",
        visible=lambda user: user.has(Role.CONTRIBUTOR),
    )  # fmt: skip
    nav.entry(_("Sections"), "reviews:all-sections", icon="pencil", order=28, visible=overseers)
    nav.entry(
        _("Approvals"), "reviews:approvals", icon="check", order=40, count="approvals",
        visible=lambda user: user.has(Role.LEADER, Role.EXECUTIVE),
    )  # fmt: skip
