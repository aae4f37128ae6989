"""Audit: what happened, what was found wanting, and what it costs."""
