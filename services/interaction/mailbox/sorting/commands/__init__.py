"""Acts of sorting."""
