"""Selectors that shape one page each: what stands on it, in as few queries as it takes."""
