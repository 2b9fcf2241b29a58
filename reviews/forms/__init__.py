"""What people type about a review."""
