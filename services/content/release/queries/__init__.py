"""Questions about what is public; only these read the live tables."""
