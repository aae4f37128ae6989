"""Screening: whether a letter is taken up, refused, or answered together with another."""
