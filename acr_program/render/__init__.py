"""Documents made from stored inputs, in a limited child process."""
