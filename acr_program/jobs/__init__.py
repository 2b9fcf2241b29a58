"""What the program owes the world: one row a duty, worked by Celery."""
