"""Data in and out: imports, mappings, exports."""
