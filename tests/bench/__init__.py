"""What the program costs, as ratios to a bare limit of the same run: `make bench` (docs/bench.md)."""
