"""HTTP of the editorial office."""
