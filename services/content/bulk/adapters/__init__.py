"""The ends of bulk work that are not ours: files, and processes that share the thinking."""
