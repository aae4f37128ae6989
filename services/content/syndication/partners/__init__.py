"""Whoever wants to be told of changes, and the messages made out and sent to them."""
