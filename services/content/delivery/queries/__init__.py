"""What is asked of what readers read, besides the items."""
