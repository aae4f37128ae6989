"""HTTP of the staff capability."""
