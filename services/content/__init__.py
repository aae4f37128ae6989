"""Content: what is published, by whom, where, and how it reaches the sites."""
