"""What goes out, when, and what stands in its place."""
