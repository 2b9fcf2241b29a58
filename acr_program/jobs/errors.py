class PermanentError(Exception):
    """Trying again cannot help; the sentence says why and stands on the row for people to read."""


class LeaseLost(Exception):
    """The lease ran out during the work and the row is in other hands: whatever was done here is void."""


class TookTooLong(Exception):
    """The work went over its wall limit."""
