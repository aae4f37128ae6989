"""Everything that changes which upstream feeds are read, and what became of their entries."""
