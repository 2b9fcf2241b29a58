"""Actions, roles, escalation and the rescue plan (N5.1 to N5.7)."""
