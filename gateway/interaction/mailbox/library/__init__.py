"""The answer library as units query it."""
