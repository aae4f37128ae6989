"""Writing in, as citizens do it."""
