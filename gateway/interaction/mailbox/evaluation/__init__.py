"""Evaluations and how letters end, as writers and staff query them."""
