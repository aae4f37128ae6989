"""Lexicons: the words that texts are checked against, supplied and replaced as data."""
