"""What is done with rules, and what they do."""
