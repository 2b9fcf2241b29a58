"""Pages that belong to no one app: Today, people, search."""
