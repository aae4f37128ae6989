"""Clocks of letters: by when what must be done, and what happens when it was not."""
