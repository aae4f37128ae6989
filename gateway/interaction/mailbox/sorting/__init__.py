"""Sorting letters, as clerks and units do it."""
