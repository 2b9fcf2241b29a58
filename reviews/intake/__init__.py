"""What of reviews can be imported: requests, as rows of a file (R-21)."""

from acr_program.intake.kinds import register

from .requests import RequestsKind


def hand_in() -> None:
    """Called once from ReviewsConfig.ready."""
    register(RequestsKind)
