"""Release: what stands live, from when, until when."""
