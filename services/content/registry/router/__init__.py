"""HTTP of the registry: units, sites and columns, for whoever keeps and supervises them."""
