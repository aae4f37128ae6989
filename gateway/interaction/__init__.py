"""Interaction as citizens and clerks query it."""
