"""Files, as those who work with them see them."""
