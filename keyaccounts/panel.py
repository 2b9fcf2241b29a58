"""What panels hand in at start-up: navigation, papers, parts of packets, from whom accounts are absent."""

from __future__ import annotations


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    from accounts.absent import absent_from
    from acr_program.exports.making import writer
    from acr_program.workflow import obligations

    from . import lists_panel, navigation_panel, packet_parts, panel_papers  # noqa: F401 (lists are known by name)
    from .absent import absent_accounts
    from .models import Ballot, PanelReview

    navigation_panel.register()
    packet_parts.register()
    absent_from(absent_accounts)
    obligations.absent_from(absent_accounts)
    obligations.in_person(Ballot)
    obligations.in_person(PanelReview)
    writer(panel_papers.MINUTES, panel_papers.write_minutes)
    writer(panel_papers.LETTER, panel_papers.write_letter)
