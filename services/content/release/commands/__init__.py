"""Everything that changes what is public."""
