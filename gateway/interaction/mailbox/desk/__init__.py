"""The desk as clerks query it."""
