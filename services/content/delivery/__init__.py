"""Delivery: what the public reads, as it was written at release."""
