"""The demo company: invented people and accounts, and a year of the program lived through its real steps."""
