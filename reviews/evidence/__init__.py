"""What proves a review afterwards: the pack of an account and year, its log to be checked offline."""
