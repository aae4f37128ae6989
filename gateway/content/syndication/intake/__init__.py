"""Upstream feeds and their entries, in GraphQL."""
