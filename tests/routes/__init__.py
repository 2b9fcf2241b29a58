"""Every path, tried by everybody (docs/promises.md, P16)."""
