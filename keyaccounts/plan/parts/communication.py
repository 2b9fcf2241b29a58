"""Communication: who must see it, what we do and do not do, the team card, key figures (N7.1 to N7.7)."""
