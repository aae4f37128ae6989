"""Talking to the platforms."""
