"""Signed links for mail: a random token, stored as its hash, for one purpose until a date."""
