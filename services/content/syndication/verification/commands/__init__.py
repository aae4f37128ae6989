"""Everything that changes what is known of the pages of reposts."""
