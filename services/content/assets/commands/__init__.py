"""Everything that changes files."""
