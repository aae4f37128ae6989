"""Content as readers and editors query it."""
