"""Everything that changes who follows which feed."""
