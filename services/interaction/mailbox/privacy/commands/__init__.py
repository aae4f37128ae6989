"""Acts of privacy."""
