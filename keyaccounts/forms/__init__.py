"""What rounds and memberships ask."""
