"""Cards: what is seen of lateness, up the line of supervision."""
