"""Questions about staff."""
