"""What is asked about items that are worked on, and about what is owed to them."""
