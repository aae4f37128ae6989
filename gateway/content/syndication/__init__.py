"""Directives, and what sites owe under them."""
