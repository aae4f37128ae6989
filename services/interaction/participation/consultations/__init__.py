"""Consultations: a draft before the public, and what becomes of every opinion on it."""
