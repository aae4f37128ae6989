"""Surveys: drafted, approved by another person, answered once by each, told in counts."""
