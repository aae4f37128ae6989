"""Consultations: their drafts, opinions and reports."""
