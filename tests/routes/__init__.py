"""Every path, tried by everybody (promises.md, P16)."""
