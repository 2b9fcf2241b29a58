"""Trying the program on a few accounts before it reaches the whole sales force."""
