"""Drafts, and what is owed to them."""
