"""Insights: how many letters came, how they were answered, and what is due."""
