"""Verbs over many rows, and what follows from a step inside the same transaction."""
