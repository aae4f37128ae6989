"""Standing rules by which what is released makes directives of itself."""
