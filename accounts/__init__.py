"""Customer accounts and the people met there; never sign-in."""
