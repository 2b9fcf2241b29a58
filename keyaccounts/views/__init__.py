"""What is reached under /key-accounts/."""
