"""Admission: what a stranger shows before a form of theirs is taken in, and how often."""
