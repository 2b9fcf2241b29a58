"""What is done over many rows, and what follows from steps."""
