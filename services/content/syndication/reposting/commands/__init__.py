"""Everything that changes what a site takes over, and by which rules it does so itself."""
