"""Everything that changes channels and their posts."""
