"""Interviews: announced, live before the public, and kept as a record."""
