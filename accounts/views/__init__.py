"""Pages of accounts: the lists, one account, and the forms of what is written about it."""
