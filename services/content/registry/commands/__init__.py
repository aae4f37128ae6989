"""Acts of the registry: take in units and sites, run a site, arrange its columns."""
