"""Who is on duty, as those who work there query it."""
