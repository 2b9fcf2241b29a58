"""Pages of the reviews: find, ask, call, answer."""
