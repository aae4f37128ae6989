"""Supervision: applications to change an open site, reported outages, registered working rules."""
