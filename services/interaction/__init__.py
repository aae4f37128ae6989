"""Interaction: what citizens write, and how they are answered."""
