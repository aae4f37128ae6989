"""HTTP of supply, by what it is about."""
