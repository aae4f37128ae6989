"""Assessments as the public queries them."""
