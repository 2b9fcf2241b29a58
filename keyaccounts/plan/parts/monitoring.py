"""Monitoring: objectives, value, offer creep, service levels, the independent evaluation (N9.0 to N9.7)."""
