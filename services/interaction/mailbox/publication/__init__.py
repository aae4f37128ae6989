"""Publication: the masked renditions of letters that everyone may read."""
