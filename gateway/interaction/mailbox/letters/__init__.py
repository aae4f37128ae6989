"""Letters as the clerks list them."""
