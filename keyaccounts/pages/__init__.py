"""What the pages show: reads that span models."""
