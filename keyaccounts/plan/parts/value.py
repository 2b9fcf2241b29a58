"""Customer value and needs (N2.1 to N2.7)."""
