"""Answering, as units query and do it."""
