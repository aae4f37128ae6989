"""What units, sites and columns go through."""
