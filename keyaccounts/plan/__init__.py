"""The account plan: its format, its parts and what stands in them, how they are written, kept, compared and shown."""
