"""The clock that a reader lives by."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone_of(recipient: object) -> ZoneInfo | None:
    """The clock the recipient lives by; the program's own where that is not known."""
    try:
        return ZoneInfo(getattr(recipient, "time_zone", "") or "")
    except (ValueError, ZoneInfoNotFoundError):
        return None
