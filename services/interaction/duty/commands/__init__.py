"""Everything that changes who is on duty, and what those on duty do."""
