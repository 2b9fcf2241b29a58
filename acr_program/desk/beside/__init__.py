"""What people put beside a record: words, files, and that they are on it. Apps above name their records by `talked`."""
