"""Acts on answers, one file for each."""
