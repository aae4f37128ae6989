"""Channels to social platforms, in GraphQL."""
