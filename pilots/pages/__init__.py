"""What the pages of pilots show: reads that span models."""
