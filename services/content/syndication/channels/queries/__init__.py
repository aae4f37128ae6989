"""What is asked about channels and their posts."""
