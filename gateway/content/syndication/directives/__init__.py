"""Ordering reposts and answering the orders, in GraphQL."""
