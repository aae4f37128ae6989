"""Turning pasted pages and uploaded files into clean structured plain text."""
