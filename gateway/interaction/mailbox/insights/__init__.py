"""What letters come to, as staff query it."""
