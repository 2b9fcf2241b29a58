"""Day to day: queries, contacts, ideas, renewals, surveys (N8.1 to N8.6)."""
