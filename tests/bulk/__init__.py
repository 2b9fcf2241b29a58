"""Acts on many rows."""
