"""Relationship diagnostic (N3.1 to N3.9)."""
