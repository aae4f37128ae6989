"""Whole sites, brought in from elsewhere and taken out again, as lines of JSON."""
