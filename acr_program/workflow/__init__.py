"""How a state changes: steps, the log, and what waits for whom."""
