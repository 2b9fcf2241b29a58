"""Tags of the key accounts' templates."""
