"""The words that texts are checked against."""
