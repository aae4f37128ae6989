"""What is held of writers, and how it is erased, as staff and writers query it."""
