"""Evaluation: what a writer says of the answer, reopening, and how a letter ends."""
