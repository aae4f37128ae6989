"""Participation as the public and the desks query it."""
