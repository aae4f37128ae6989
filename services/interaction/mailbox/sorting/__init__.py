"""Sorting: which unit answers a letter."""
