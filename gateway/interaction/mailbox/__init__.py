"""Letters as their writers, clerks and the public query them."""
