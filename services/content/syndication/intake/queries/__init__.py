"""What is asked about upstream feeds and their entries."""
