"""Who works with the program: people, their roles, who stands in for whom, and what they may reach."""
