"""One act on many rows: chosen in a list, looked at row by row, done in the background, with a result for each."""
