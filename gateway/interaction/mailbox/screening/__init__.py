"""Screening letters, as the clerks of a site do it."""
