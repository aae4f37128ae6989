"""Surveys as respondents, clerks and the public query them."""
