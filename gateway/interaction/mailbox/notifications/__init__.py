"""What writers wait to be told, as clerks query it."""
