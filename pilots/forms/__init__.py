"""What people type about criteria, waves, candidates and findings."""
