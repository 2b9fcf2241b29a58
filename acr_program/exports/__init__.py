"""Lists as files: what somebody takes with them is exactly what the list shows, and is noted."""
