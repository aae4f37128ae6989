"""Copies of what was withdrawn or corrected, and what is proved of them, in GraphQL."""
