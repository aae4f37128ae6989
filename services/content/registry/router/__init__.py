"""HTTP of the registry: units, sites, columns, and what the public sees of them."""
